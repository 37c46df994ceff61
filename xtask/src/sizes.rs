//! What a reader's browser has to fetch, against its budgets. A KB is 1000 bytes.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// What may be fetched at most.
struct Budget {
    what: &'static str,
    /// Bytes, compressed with gzip.
    limit: usize,
    /// Bytes, compressed with gzip, that the built page takes of it.
    measured: fn(&Page) -> Result<usize>,
}

/// A further budget is a row here. What keeps the module small: docs/decisions/size-of-the-module.md.
const BUDGETS: &[Budget] = &[
    Budget { what: "the WebAssembly module", limit: 430_000, measured: module },
    Budget { what: "the scripts of a first view, without workers", limit: 60_000, measured: first_view },
];

/// The built page.
struct Page {
    /// Where it lies.
    folder: PathBuf,
    /// Its scripts, modules and style sheets.
    files: Vec<File>,
}

struct File {
    /// Relative to the page's folder.
    name: PathBuf,
    bytes: usize,
    gzip: usize,
}

/// Prints the size of every script, module and style sheet of the built page, as it is and as gzip sends it, and what the
/// budgets leave. Fails where one is exceeded.
pub fn check(built: &Path) -> Result<()> {
    let page = Page::read(built)?;
    println!("{:>11} {:>11}  file", "bytes", "gzip");
    for File { name, bytes, gzip } in &page.files {
        println!("{bytes:>11} {gzip:>11}  {}", name.display());
    }
    let sum = |size: fn(&File) -> usize| page.files.iter().map(size).sum::<usize>();
    println!("{:>11} {:>11}  in all", sum(|file| file.bytes), sum(|file| file.gzip));
    keep_to(BUDGETS, &page)
}

fn keep_to(budgets: &[Budget], page: &Page) -> Result<()> {
    println!("\n{:>11} {:>11}  what (gzip; 1 KB = 1000 bytes)", "measured", "budget");
    let mut exceeded = Vec::new();
    for Budget { what, limit, measured } in budgets {
        let measured = measured(page).with_context(|| format!("{what} cannot be measured"))?;
        println!("{:>11} {:>11}  {what}", kilobytes(measured), kilobytes(*limit));
        if measured > *limit {
            exceeded.push(format!("{what}: {} bytes, {} above its budget", measured, measured - limit));
        }
    }
    if !exceeded.is_empty() {
        bail!("too large: {}", exceeded.join("; "));
    }
    Ok(())
}

/// Rounded up, so that what is above a budget never looks as if it were at it.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} KB", tenths / 10, tenths % 10)
}

/// The module, of which the page has exactly one.
fn module(page: &Page) -> Result<usize> {
    match page.files.iter().filter(|file| file.has_extension(&["wasm"])).collect::<Vec<_>>()[..] {
        [module] => Ok(module.gzip),
        [] => bail!("{} holds no .wasm file: the page was built without its module", page.folder.display()),
        _ => bail!("{} holds more than one .wasm file", page.folder.display()),
    }
}

/// What a page's HTML names and whatever that imports, before anything is opened; of all pages, the one that takes most. Workers
/// have scripts of their own.
fn first_view(page: &Page) -> Result<usize> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(&page.folder).with_context(|| format!("cannot read {}", page.folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "html") {
            documents.push(path);
        }
    }
    let sizes = documents.iter().map(|document| scripts_of(page, document)).collect::<Result<Vec<_>>>()?;
    sizes.into_iter().max().with_context(|| format!("{} holds no .html file", page.folder.display()))
}

/// The compressed size of all scripts that a document loads by itself.
fn scripts_of(page: &Page, document: &Path) -> Result<usize> {
    let html = fs::read_to_string(document).with_context(|| format!("cannot read {}", document.display()))?;
    let mut found: BTreeSet<PathBuf> = named_scripts(&html).map(PathBuf::from).collect();
    if found.is_empty() {
        bail!("{} names no script", document.display());
    }
    let mut to_read: Vec<_> = found.iter().cloned().collect();
    while let Some(name) = to_read.pop() {
        let path = page.folder.join(&name);
        let source = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for import in static_imports(&source) {
            let imported = name.with_file_name(import);
            if found.insert(imported.clone()) {
                to_read.push(imported);
            }
        }
    }
    let size = |name: &PathBuf| page.files.iter().find(|file| file.name == *name).map(|file| file.gzip);
    found.iter().map(|name| size(name).with_context(|| format!("{} was not measured", name.display()))).sum()
}

/// What `src` and `href` of a document name that is a script, relative to the document.
fn named_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split(['"', '\'']).filter_map(|text| text.strip_prefix("./")).filter(|text| is_script(text))
}

/// What a module imports, or exports from others, before it runs: files beside it. `import(…)` comes later, if at all.
fn static_imports(source: &str) -> Vec<&str> {
    let after_keyword = ["from", "import"].into_iter().flat_map(|keyword| {
        source.match_indices(keyword).map(move |(at, _)| source[at + keyword.len()..].trim_start())
    });
    after_keyword
        .filter_map(|rest| {
            let quote = rest.chars().next().filter(|first| ['"', '\''].contains(first))?;
            rest[1..].split(quote).next()?.strip_prefix("./")
        })
        .filter(|file| is_script(file))
        .collect()
}

fn is_script(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "js")
}

impl Page {
    fn read(folder: &Path) -> Result<Self> {
        let mut paths = Vec::new();
        collect(folder, &mut paths)?;
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
            let file = File { name, bytes: content.len(), gzip: gzip_size(&content)? };
            if file.has_extension(&["wasm", "js", "css"]) {
                files.push(file);
            }
        }
        Ok(Self { folder: folder.to_path_buf(), files })
    }
}

impl File {
    fn has_extension(&self, known: &[&str]) -> bool {
        self.name.extension().is_some_and(|extension| known.iter().any(|known| extension == *known))
    }
}

fn gzip_size(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(names: &[&str]) -> Page {
        let files = names.iter().map(|name| File { name: name.into(), bytes: 3000, gzip: 1000 }).collect();
        Page { folder: "dist".into(), files }
    }

    const MODULE: Budget = Budget { what: "the module", limit: 1000, measured: module };

    #[test]
    fn a_budget_holds_to_its_last_byte_and_not_beyond() {
        let page = page(&["assets/a.js", "assets/tls.wasm"]);
        keep_to(&[MODULE], &page).unwrap();
        let tight = Budget { limit: 999, ..MODULE };
        let roomy = Budget { what: "the rest", limit: 5000, measured: |page| Ok(page.files.len()) };
        let error = keep_to(&[roomy, tight], &page).unwrap_err().to_string();
        assert_eq!(error, "too large: the module: 1000 bytes, 1 above its budget");
    }

    #[test]
    fn every_exceeded_budget_is_named() {
        let budget = |what| Budget { what, limit: 1, measured: |_| Ok(2) };
        let error = keep_to(&[budget("one"), budget("two")], &page(&[])).unwrap_err().to_string();
        assert_eq!(error, "too large: one: 2 bytes, 1 above its budget; two: 2 bytes, 1 above its budget");
    }

    #[test]
    fn a_page_without_its_module_or_with_two_is_wrong() {
        let message = |names| format!("{:#}", keep_to(&[MODULE], &page(names)).unwrap_err());
        assert!(message(&["a.js"]).contains("holds no .wasm file"));
        assert!(message(&["a.wasm", "b.wasm"]).contains("more than one .wasm file"));
    }

    #[test]
    fn a_first_view_is_what_its_document_leads_to_without_being_asked() {
        let source = "import{a as b}from\"./one.js\";import\"./two.js\";export * from './three.js';\
                      var later=()=>import(`./four.js`),text=\"from afar\",other=await import(\"./five.js\");";
        let mut imports = static_imports(source);
        imports.sort_unstable();
        assert_eq!(imports, ["one.js", "three.js", "two.js"]);

        let folder = std::env::temp_dir().join(format!("xtask-first-view-{}", std::process::id()));
        fs::create_dir_all(folder.join("assets")).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write("index.html", r#"<script type="module" src="./assets/index.js"></script><link href="./assets/a.css" />"#);
        write("embed.html", r#"<script type="module" src="./assets/embed.js"></script>"#);
        write("assets/index.js", "import{x}from\"./shared.js\";import(`./drawer.js`)");
        write("assets/embed.js", "import'./shared.js'");
        write("assets/shared.js", "import './index.js'; export const x = 1;");
        write("assets/drawer.js", &"drawer".repeat(5000));
        let page = Page::read(&folder).unwrap();
        let gzip = |name: &str| page.files.iter().find(|file| file.name == Path::new(name)).unwrap().gzip;
        let both = gzip("assets/index.js") + gzip("assets/shared.js");
        assert_eq!(scripts_of(&page, &folder.join("index.html")).unwrap(), both);
        assert_eq!(first_view(&page).unwrap(), both + gzip("assets/embed.js"));
        write("assets/embed.js", "import'./gone.js'");
        assert!(format!("{:#}", first_view(&page).unwrap_err()).contains("gone.js"));
        write("embed.html", "<p>No script.</p>");
        assert!(format!("{:#}", first_view(&page).unwrap_err()).contains("names no script"));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn kilobytes_are_rounded_up() {
        let texts = [0, 1, 100, 999, 430_000, 430_001].map(kilobytes);
        assert_eq!(texts, ["0.0 KB", "0.1 KB", "0.1 KB", "1.0 KB", "430.0 KB", "430.1 KB"]);
    }

    #[test]
    fn sizes_are_those_of_the_files() {
        let folder = std::env::temp_dir().join(format!("xtask-sizes-{}", std::process::id()));
        fs::create_dir_all(folder.join("assets")).unwrap();
        fs::write(folder.join("assets/tls.wasm"), [0; 10_000]).unwrap();
        fs::write(folder.join("index.html"), "not counted").unwrap();
        let page = Page::read(&folder);
        fs::remove_dir_all(&folder).unwrap();
        let page = page.unwrap();
        assert_eq!((page.files.len(), page.files[0].bytes), (1, 10_000));
        assert!(page.files[0].gzip < 100, "ten thousand zeros compress well");
        assert_eq!(module(&page).unwrap(), page.files[0].gzip);
    }
}
