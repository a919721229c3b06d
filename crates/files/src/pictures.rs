//! Previews of image files, drawn anew from their pixels.

use std::io::Cursor;
use std::sync::Arc;

use async_trait::async_trait;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage, Rgba};
use services::ports::Previews;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// The longer side of a picture that is drawn at all.
const SOURCE_SIDE_MAX: u32 = 12_000;
/// What decoding one picture may take: 48 million pixels of three bytes, and some more.
const DECODE_BYTES_MAX: u64 = 160 * 1_024 * 1_024;
const QUALITY: u8 = 80;

/// Draws previews of JPEG, PNG and WebP files, one at a time.
#[derive(Debug)]
pub struct Pictures {
    /// Decoding takes memory that the sender chooses: no two at once.
    turn: Arc<Semaphore>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

#[async_trait]
impl Previews for Pictures {
    async fn preview(&self, bytes: Arc<[u8]>, side_max: u32) -> Option<Vec<u8>> {
        let turn = Arc::clone(&self.turn).acquire_owned().await.ok()?;
        let drawn = spawn_blocking(move || {
            let drawn = draw(&bytes, side_max);
            drop(turn);
            drawn
        });
        match drawn.await {
            Ok(drawn) => drawn,
            Err(error) => {
                tracing::warn!(%error, "a picture could not be drawn");
                None
            }
        }
    }
}

fn draw(bytes: &[u8], side_max: u32) -> Option<Vec<u8>> {
    let format = image::guess_format(bytes).ok()?;
    if !matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP
    ) {
        return None;
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().ok()?;
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    let mut small = if picture.width().max(picture.height()) > side_max {
        picture.thumbnail(side_max, side_max)
    } else {
        picture
    };
    small.apply_orientation(turned);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&on_white(&small))
        .ok()?;
    Some(jpeg)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SOURCE_SIDE_MAX);
    limits.max_image_height = Some(SOURCE_SIDE_MAX);
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    limits
}

/// JPEG knows no transparency: what shines through is white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let pixels = picture.to_rgba8();
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let Rgba([red, green, blue, alpha]) = *pixels.get_pixel(x, y);
        Rgb([red, green, blue].map(|colour| blend(colour, alpha)))
    })
}

fn blend(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u32::from(colour), u32::from(alpha));
    let mixed = (colour * alpha + 255 * (255 - alpha)) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use image::{ExtendedColorType, ImageEncoder};

    use super::*;

    fn png(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
        let pixels = pixel.repeat(usize::try_from(width * height).unwrap());
        let mut bytes = Vec::new();
        image::codecs::png::PngEncoder::new(&mut bytes)
            .write_image(&pixels, width, height, ExtendedColorType::Rgba8)
            .unwrap();
        bytes
    }

    fn webp(width: u32, height: u32) -> Vec<u8> {
        let pixels = [0, 128, 0, 255].repeat(usize::try_from(width * height).unwrap());
        let mut bytes = Vec::new();
        image::codecs::webp::WebPEncoder::new_lossless(&mut bytes)
            .write_image(&pixels, width, height, ExtendedColorType::Rgba8)
            .unwrap();
        bytes
    }

    /// The PNG with both sides in its header set to `side`, and the header's checksum made anew.
    fn promising(side: u32, mut png: Vec<u8>) -> Vec<u8> {
        png[16..20].copy_from_slice(&side.to_be_bytes());
        png[20..24].copy_from_slice(&side.to_be_bytes());
        let sum = png[12..29].iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
            })
        });
        png[29..33].copy_from_slice(&(!sum).to_be_bytes());
        png
    }

    async fn preview(bytes: Vec<u8>) -> Option<DynamicImage> {
        let drawn = Pictures::default().preview(bytes.into(), 1_280).await?;
        Some(image::load_from_memory_with_format(&drawn, ImageFormat::Jpeg).unwrap())
    }

    #[tokio::test]
    async fn a_large_picture_becomes_small_and_keeps_its_shape() {
        let small = preview(png(3_000, 1_500, [200, 0, 0, 255])).await.unwrap();
        assert_eq!((small.width(), small.height()), (1_280, 640));
        let small = preview(webp(40, 30)).await.unwrap();
        assert_eq!((small.width(), small.height()), (40, 30));
    }

    #[tokio::test]
    async fn what_shines_through_is_white() {
        let small = preview(png(8, 8, [0, 0, 0, 0])).await.unwrap().to_rgb8();
        assert!(small.get_pixel(4, 4).0.iter().all(|colour| *colour > 250));
    }

    #[tokio::test]
    async fn nothing_but_pixels_comes_along() {
        let script = b"<script>alert(1)</script>";
        let mut polyglot = png(8, 8, [1, 2, 3, 255]);
        polyglot.extend_from_slice(script);
        let drawn = Pictures::default()
            .preview(polyglot.into(), 8)
            .await
            .unwrap();
        assert!(drawn.starts_with(&[0xff, 0xd8, 0xff]));
        assert!(!drawn.windows(script.len()).any(|window| window == script));
    }

    #[tokio::test]
    async fn what_only_begins_like_a_picture_has_no_preview() {
        let mut cut = png(64, 64, [9, 9, 9, 255]);
        cut.truncate(60);
        for bytes in [
            cut,
            b"\xff\xd8\xff<html>".to_vec(),
            b"GIF89a".to_vec(),
            Vec::new(),
        ] {
            assert!(preview(bytes).await.is_none());
        }
    }

    #[tokio::test]
    async fn a_picture_that_would_fill_the_memory_is_not_drawn() {
        // The same bytes of pixels under a header that promises more of them.
        for side in [60_000, 12_000] {
            let bomb = promising(side, png(1, 1, [0, 0, 0, 255]));
            assert!(preview(bomb).await.is_none(), "{side}");
        }
        let small = promising(1, png(1, 1, [0, 0, 0, 255]));
        assert!(
            preview(small).await.is_some(),
            "the header itself is in order"
        );
    }
}
