//! Many pictures as one that moves, an animated PNG: of each frame only the rectangle in which it differs from the one before, and
//! within it only the pixels that do.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use png::{BitDepth, BlendOp, ColorType, Compression, Decoder, Encoder, Filter, Transformations};

/// Red, green, blue, and whether it is there at all.
const SAMPLES: usize = 4;
/// Shows what was there before.
const CLEAR: [u8; SAMPLES] = [0; SAMPLES];

/// The most bytes that a picture in the README may have.
const LIMIT: u64 = 1_600_000;

#[derive(Clone, PartialEq, Eq, Debug)]
struct Picture {
    width: usize,
    height: usize,
    /// Row by row.
    pixels: Vec<u8>,
}

/// A rectangle within a picture, in pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Area {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

/// What is shown, and for how many milliseconds.
struct Frame {
    area: Area,
    pixels: Vec<u8>,
    delay: u16,
}

/// Reads the frames in a folder, `NUMBER-MILLISECONDS.png` each, and writes the picture that shows them one after the other.
pub fn make(folder: &Path, target: &Path) -> Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let mut frames: Vec<Frame> = Vec::new();
    let mut shown: Option<Picture> = None;
    for file in &files {
        let picture = read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let delay = delay_of(file)?;
        match (changed(shown.as_ref(), &picture)?, frames.last_mut()) {
            (Some(area), _) => frames.push(Frame { area, pixels: cut(shown.as_ref(), &picture, area), delay }),
            // Nothing has changed: what is there is shown for longer.
            (None, Some(last)) => last.delay = last.delay.saturating_add(delay),
            (None, None) => bail!("{} has no size", file.display()),
        }
        shown = Some(picture);
    }
    let Some(last) = shown else { bail!("{} holds no frames", folder.display()) };
    let bytes = encode(&last, &frames)?;
    let size = bytes.len() as u64;
    println!("{}: {} frames, {size} bytes", target.display(), frames.len());
    if size > LIMIT {
        bail!("the moving picture has {size} bytes, {} above its limit", size - LIMIT);
    }
    fs::write(target, bytes).with_context(|| format!("cannot write {}", target.display()))
}

fn delay_of(file: &Path) -> Result<u16> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let delay = name.rsplit_once('-').and_then(|(_, delay)| delay.parse().ok());
    delay.with_context(|| format!("{} does not say how long it is shown", file.display()))
}

fn read(file: &Path) -> Result<Picture> {
    let mut decoder = Decoder::new(BufReader::new(File::open(file)?));
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("the picture is too large")?];
    let info = reader.next_frame(&mut pixels)?;
    if info.color_type != ColorType::Rgba {
        bail!("the picture has no colours");
    }
    pixels.truncate(info.buffer_size());
    Ok(Picture { width: info.width as usize, height: info.height as usize, pixels })
}

/// The smallest rectangle that has all that differs; the whole picture, where there is none before it.
fn changed(before: Option<&Picture>, picture: &Picture) -> Result<Option<Area>> {
    let Picture { width, height, pixels } = picture;
    let Some(before) = before else {
        return Ok((width * height > 0).then_some(Area { left: 0, top: 0, width: *width, height: *height }));
    };
    if (before.width, before.height) != (*width, *height) {
        bail!("the frames differ in size");
    }
    let different: Vec<usize> = before
        .pixels
        .chunks_exact(SAMPLES)
        .zip(pixels.chunks_exact(SAMPLES))
        .enumerate()
        .filter_map(|(at, (old, new))| (old != new).then_some(at))
        .collect();
    let columns = || different.iter().map(|at| at % width);
    let rows = || different.iter().map(|at| at / width);
    let area = |left: usize, right: usize, top: usize, bottom: usize| Area {
        left,
        top,
        width: right - left + 1,
        height: bottom - top + 1,
    };
    Ok(match (columns().min(), columns().max(), rows().min(), rows().max()) {
        (Some(left), Some(right), Some(top), Some(bottom)) => Some(area(left, right, top, bottom)),
        _ => None,
    })
}

/// The pixels of an area; those that are as they were are clear.
fn cut(before: Option<&Picture>, picture: &Picture, area: Area) -> Vec<u8> {
    let rows = area.top..area.top + area.height;
    let places = rows.flat_map(|y| (area.left..area.left + area.width).map(move |x| y * picture.width + x));
    let pixel = |place: usize| {
        let is_as_before = before.is_some_and(|before| at(before, place) == at(picture, place));
        if is_as_before { &CLEAR } else { at(picture, place) }
    };
    places.flat_map(pixel).copied().collect()
}

fn at(picture: &Picture, place: usize) -> &[u8] {
    &picture.pixels[place * SAMPLES..(place + 1) * SAMPLES]
}

fn encode(size: &Picture, frames: &[Frame]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(BufWriter::new(&mut bytes), number(size.width)?, number(size.height)?);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    // Pages are flat areas and text: filters, which are for photographs, made the file a third larger.
    encoder.set_filter(Filter::NoFilter);
    // Over and over again.
    encoder.set_animated(number(frames.len())?, 0)?;
    let mut writer = encoder.write_header()?;
    for Frame { area, pixels, delay } in frames {
        writer.set_frame_delay(*delay, 1000)?;
        writer.set_blend_op(BlendOp::Over)?;
        // The first one has the whole picture; within it, the size is to come before the place.
        writer.reset_frame_position()?;
        writer.set_frame_dimension(number(area.width)?, number(area.height)?)?;
        writer.set_frame_position(number(area.left)?, number(area.top)?)?;
        writer.write_image_data(pixels)?;
    }
    writer.finish()?;
    Ok(bytes)
}

fn number(size: usize) -> Result<u32> {
    Ok(u32::try_from(size)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 4;
    const HEIGHT: usize = 3;

    fn picture(dots: &[usize]) -> Picture {
        let mut pixels = vec![255; WIDTH * HEIGHT * SAMPLES];
        for dot in dots {
            pixels[dot * SAMPLES] = 0;
        }
        Picture { width: WIDTH, height: HEIGHT, pixels }
    }

    /// What somebody sees after each frame.
    fn shown(bytes: &[u8]) -> Vec<Picture> {
        let mut reader = Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let frames = reader.info().animation_control().unwrap().num_frames;
        let mut seen = picture(&[]);
        let mut pictures = Vec::new();
        for _ in 0..frames {
            let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut buffer).unwrap();
            let control = *reader.info().frame_control().unwrap();
            let (width, left) = (control.width as usize, control.x_offset as usize);
            for (row, pixels) in buffer.chunks_exact(width * SAMPLES).take(control.height as usize).enumerate() {
                let start = ((control.y_offset as usize + row) * WIDTH + left) * SAMPLES;
                for (old, new) in seen.pixels[start..].chunks_exact_mut(SAMPLES).zip(pixels.chunks_exact(SAMPLES)) {
                    if new[SAMPLES - 1] > 0 {
                        old.copy_from_slice(new);
                    }
                }
            }
            pictures.push(seen.clone());
        }
        pictures
    }

    #[test]
    fn only_what_changed_is_written_and_all_of_it_is_shown() {
        let pictures = [picture(&[0]), picture(&[0, 5, 10]), picture(&[11])];
        let areas: Vec<Area> = std::iter::once(None)
            .chain(pictures.iter().map(Some))
            .zip(&pictures)
            .map(|(before, picture)| changed(before, picture).unwrap().unwrap())
            .collect();
        assert_eq!(areas[0], Area { left: 0, top: 0, width: WIDTH, height: HEIGHT });
        assert_eq!(areas[1], Area { left: 1, top: 1, width: 2, height: 2 });
        assert_eq!(areas[2], Area { left: 0, top: 0, width: WIDTH, height: HEIGHT });
        let before = std::iter::once(None).chain(pictures.iter().map(Some));
        let frames: Vec<Frame> = (areas.iter().zip(before).zip(&pictures))
            .map(|((area, before), picture)| Frame { area: *area, pixels: cut(before, picture, *area), delay: 100 })
            .collect();
        assert_eq!(
            &frames[1].pixels[..4 * SAMPLES],
            [at(&pictures[1], 5), &CLEAR, &CLEAR, at(&pictures[1], 10)].concat()
        );
        assert_eq!(shown(&encode(&pictures[0], &frames).unwrap()), pictures);
    }

    #[test]
    fn what_is_the_same_is_no_frame() {
        let picture = picture(&[7]);
        assert_eq!(changed(Some(&picture), &picture).unwrap(), None);
    }

    #[test]
    fn a_file_s_name_says_how_long_it_is_shown() {
        assert_eq!(delay_of(Path::new("a/0012-2400.png")).unwrap(), 2400);
        assert!(delay_of(Path::new("a/0012.png")).is_err());
    }
}
