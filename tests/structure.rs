//! Dependencies point one way.
//!
//! What a file depends on is read from its `use` lines and from paths that start with `crate::` or `super::`. The boundary to
//! JavaScript counts like all else; tests inside `src` do not: nobody uses them. A name that a parent exports again counts as
//! the parent's, so two siblings that need each other through it are not seen.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate, each above those that it may use.
const ORDER: [&str; 11] =
    ["wire", "error", "glass", "crypto", "trace", "entropy", "pki", "protocol", "adversary", "party", "wasm"];

/// The rooms of `protocol`, likewise.
const PROTOCOL: [&str; 6] = ["suite", "record", "session", "connection", "handshake", "tls12"];

/// Rooms in which states hand over to each other: there, and only there, two files may know each other.
const STATES: [&str; 3] = ["protocol::tls12::both", "protocol::tls12::client", "protocol::tls12::server"];

/// Every module's path, without `crate`, with the paths it names.
fn modules() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files
        .iter()
        .filter_map(|file| {
            let name = file.strip_prefix(&root).ok()?.with_extension("");
            let path: Vec<_> = name.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let path = path.join("::");
            // Tests of a module use what they like of those below it, and are used by nobody.
            (path != "lib" && !path.ends_with("::tests")).then_some((path.clone(), named(&path, file)))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The paths that a file names, from the root of the crate on.
fn named(module: &str, file: &Path) -> BTreeSet<String> {
    let source = fs::read_to_string(file).expect("src is readable");
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let absolute = code.match_indices("crate::").map(|(at, word)| (String::new(), &code[at + word.len()..]));
    let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
    let relative = code
        .match_indices("super::")
        .filter(|(at, _)| !code[..*at].ends_with("super::"))
        .map(|(at, word)| (format!("{parent}::"), &code[at + word.len()..]));
    absolute.chain(relative).flat_map(|(prefix, rest)| expand(&prefix, rest)).collect()
}

/// The paths that a path or a tree of paths, as it stands behind `crate::` or `super::`, stands for.
fn expand(prefix: &str, rest: &str) -> Vec<String> {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
    let head = &rest[..end];
    let Some(list) = rest[end..].strip_prefix('{').filter(|_| head.is_empty() || head.ends_with("::")) else {
        return vec![format!("{prefix}{head}")];
    };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(String::new()),
            c => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                if let Some(last) = parts.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    let prefix = format!("{prefix}{head}");
    parts.iter().flat_map(|part| expand(&prefix, part.trim())).collect()
}

/// The module that a path leads to: the longest of its beginnings that is one.
fn module_of<'a>(path: &str, modules: &'a BTreeMap<String, BTreeSet<String>>) -> Option<&'a str> {
    let mut path = path.trim_end_matches("::");
    loop {
        if let Some((name, _)) = modules.get_key_value(path) {
            return Some(name);
        }
        path = path.rsplit_once("::")?.0;
    }
}

/// Who uses whom, of different modules.
fn uses() -> BTreeSet<(String, String)> {
    let modules = modules();
    modules
        .iter()
        .flat_map(|(user, paths)| paths.iter().map(move |path| (user, path)))
        .filter_map(|(user, path)| Some((user.clone(), module_of(path, &modules)?.to_owned())))
        .filter(|(user, used)| user != used)
        .collect()
}

fn place(order: &[&str], name: &str) -> usize {
    order.iter().position(|known| *known == name).unwrap_or_else(|| panic!("{name} has no place in the order"))
}

fn room(path: &str, depth: usize) -> &str {
    path.split("::").nth(depth).unwrap_or_default()
}

#[test]
fn the_modules_depend_on_those_below_them() {
    let wrong: Vec<_> =
        uses().into_iter().filter(|(user, used)| place(&ORDER, room(user, 0)) < place(&ORDER, room(used, 0))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_rooms_of_the_protocol_depend_on_those_below_them() {
    let inside = |path: &str| room(path, 0) == "protocol" && !room(path, 1).is_empty();
    let wrong: Vec<_> = uses()
        .into_iter()
        .filter(|(user, used)| inside(user) && inside(used))
        .filter(|(user, used)| place(&PROTOCOL, room(user, 1)) < place(&PROTOCOL, room(used, 1)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_two_files_need_each_other() {
    let uses = uses();
    let is_inside = |path: &str, folder: &str| path == folder || path.starts_with(&format!("{folder}::"));
    // A module and what lies inside it are one thing told in parts.
    let is_part = |a: &str, b: &str| is_inside(a, b) || is_inside(b, a);
    let hand_over = |a: &str, b: &str| STATES.iter().any(|room| is_inside(a, room) && is_inside(b, room));
    let edges: Vec<_> = uses.iter().filter(|(a, b)| !is_part(a, b) && !hand_over(a, b)).collect();
    for (start, _) in &edges {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(at) = next.pop() {
            for (_, used) in edges.iter().filter(|(user, _)| user == at) {
                assert!(used != start, "{start} needs {at}, which needs {start}");
                if seen.insert(used) {
                    next.push(used);
                }
            }
        }
    }
}

#[test]
fn the_reading_of_paths_finds_what_is_named() {
    let found = expand("", "trace::{Action, value::{Part, Value}};");
    assert_eq!(found, ["trace::Action", "trace::value::Part", "trace::value::Value"]);
    assert_eq!(expand("pki::", "path::find(x)"), ["pki::path::find"]);
    // What is known to be used is among what was read.
    let known = ("protocol::tls12::client::hello".to_owned(), "wire::extension".to_owned());
    assert!(uses().contains(&known));
}
