//! What a reader's browser has to fetch.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Prints the size of every script, module and style sheet of the built page, as it is and as gzip sends it.
pub fn print(built: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(built, &mut files)?;
    files.retain(|file| {
        let extension = file.extension().unwrap_or_default();
        ["wasm", "js", "css"].iter().any(|known| extension == *known)
    });
    files.sort();
    if !files.iter().any(|file| file.extension().is_some_and(|extension| extension == "wasm")) {
        bail!("{} holds no .wasm file: the page was built without its module", built.display());
    }

    println!("{:>11} {:>11}  file", "bytes", "gzip");
    let (mut total, mut total_compressed) = (0, 0);
    for file in &files {
        let content = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let compressed = gzip_size(&content)?;
        let name = file.strip_prefix(built).unwrap_or(file);
        println!("{:>11} {compressed:>11}  {}", content.len(), name.display());
        total += content.len();
        total_compressed += compressed;
    }
    println!("{total:>11} {total_compressed:>11}  in all");
    Ok(())
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
