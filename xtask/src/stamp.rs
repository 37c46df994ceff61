//! Whether the results of a build still belong to its sources: both are compared by content, never by time.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Folders that hold results, tools or leftovers, wherever they are.
const NOT_SOURCES: [&str; 7] =
    [".git", "node_modules", "dist", "target", "test-results", "playwright-report", "coverage"];

/// A build that need not be repeated while its sources and its results are what they were.
pub struct Build<'a> {
    pub root: &'a Path,
    /// Files and folders under the root; those that do not exist count as empty.
    pub sources: &'a [&'a str],
    /// Anything else that the results depend on, such as a compiler's version.
    pub circumstances: &'a str,
    pub results: &'a Path,
    /// Where the stamp of the last build is kept.
    pub stamp: PathBuf,
}

impl Build<'_> {
    /// Builds where needed. Returns whether it was.
    pub fn run(&self, build: impl FnOnce() -> Result<()>) -> Result<bool> {
        let sources = of_files(self.root, self.sources)?;
        if self.results.is_dir() && fs::read_to_string(&self.stamp).is_ok_and(|last| last == self.text(&sources)) {
            return Ok(false);
        }
        build()?;
        if let Some(folder) = self.stamp.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&self.stamp, self.text(&sources))
            .with_context(|| format!("cannot write {}", self.stamp.display()))?;
        Ok(true)
    }

    fn text(&self, sources: &str) -> String {
        let results = hash_all(self.results, &[PathBuf::new()]).unwrap_or_default();
        format!("sources {sources}\nresults {results}\n{}\n", self.circumstances)
    }
}

/// A fingerprint of these files and of all files in these folders.
pub fn of_files(root: &Path, paths: &[&str]) -> Result<String> {
    hash_all(root, &paths.iter().map(PathBuf::from).collect::<Vec<_>>())
}

/// A fingerprint of all files under the root that count. `counts` is asked with a file's path from there on, its parts
/// separated by `/`.
pub fn of_files_that(root: &Path, counts: impl Fn(&str) -> bool) -> Result<String> {
    let mut files = Vec::new();
    collect(root, &mut files)?;
    files.retain(|file| {
        let path = file.strip_prefix(root).unwrap_or(file);
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        counts(&parts.join("/"))
    });
    hash_files(root, files)
}

fn hash_all(root: &Path, paths: &[PathBuf]) -> Result<String> {
    let mut files = Vec::new();
    for path in paths {
        collect(&root.join(path), &mut files)?;
    }
    hash_files(root, files)
}

fn hash_files(root: &Path, mut files: Vec<PathBuf>) -> Result<String> {
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.strip_prefix(root).unwrap_or(file).hash(&mut hasher);
        let content = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        content.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
        for entry in entries {
            let entry = entry?;
            if !NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
                collect(&entry.path(), files)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that is removed at the end of its test.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            fs::create_dir_all(folder.join("src")).unwrap();
            fs::write(folder.join("src/a"), "1").unwrap();
            Self(folder)
        }

        /// Runs the build, which copies src/a to out/a, where needed.
        fn build(&self, circumstances: &str) -> bool {
            let (source, results) = (self.0.join("src/a"), self.0.join("out"));
            let build = Build {
                root: &self.0,
                sources: &["src", "missing"],
                circumstances,
                results: &results,
                stamp: self.0.join("stamps/a"),
            };
            let run = || {
                fs::create_dir_all(&results)?;
                fs::copy(&source, results.join("a"))?;
                Ok(())
            };
            build.run(run).unwrap()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn a_build_is_repeated_only_when_something_changed() {
        let scratch = Scratch::new("stamp");
        assert!(scratch.build(""), "the first time");
        assert!(!scratch.build(""), "nothing changed");
        fs::write(scratch.0.join("src/a"), "2").unwrap();
        assert!(scratch.build(""), "a source changed");
        fs::write(scratch.0.join("out/a"), "3").unwrap();
        assert!(scratch.build(""), "a result was changed by someone else");
        fs::remove_dir_all(scratch.0.join("out")).unwrap();
        assert!(scratch.build(""), "the results are gone");
        assert!(scratch.build("another compiler"), "the circumstances changed");
        assert!(!scratch.build("another compiler"), "nothing changed");
    }

    #[test]
    fn a_failed_build_leaves_no_stamp() {
        let scratch = Scratch::new("failed");
        let results = scratch.0.join("src");
        let build = Build {
            root: &scratch.0,
            sources: &["src"],
            circumstances: "",
            results: &results,
            stamp: scratch.0.join("stamp"),
        };
        assert!(build.run(|| anyhow::bail!("no")).is_err());
        assert!(!scratch.0.join("stamp").exists());
    }

    #[test]
    fn tools_and_results_are_not_sources() {
        let scratch = Scratch::new("sources");
        let before = of_files(&scratch.0, &["src"]).unwrap();
        fs::create_dir_all(scratch.0.join("src/node_modules")).unwrap();
        fs::write(scratch.0.join("src/node_modules/b"), "2").unwrap();
        assert_eq!(of_files(&scratch.0, &["src"]).unwrap(), before);
    }

    #[test]
    fn only_files_that_count_change_a_fingerprint() {
        let scratch = Scratch::new("counts");
        let fingerprint = || of_files_that(&scratch.0, |path| !path.starts_with("docs/")).unwrap();
        let before = fingerprint();
        fs::create_dir_all(scratch.0.join("docs")).unwrap();
        fs::write(scratch.0.join("docs/b"), "2").unwrap();
        assert_eq!(fingerprint(), before, "what does not count");
        fs::write(scratch.0.join("src/b"), "2").unwrap();
        assert_ne!(fingerprint(), before, "a new file");
    }
}
