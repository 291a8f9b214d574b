//! A chart as a PNG picture.

use resvg::{tiny_skia, usvg};

use super::Chart;
use crate::{Error, fonts};

impl Chart {
    /// The chart as a PNG picture on white, `zoom` times its natural size (2 is right for print and for sharp
    /// screens; held between 0.1 and 8).
    ///
    /// # Errors
    ///
    /// [`Error::Picture`] when the drawing cannot be read, which only a chart not drawn by this crate can cause.
    pub fn png(&self, zoom: f32) -> Result<Vec<u8>, Error> {
        let options = usvg::Options {
            fontdb: fonts::database(),
            font_family: fonts::FAMILY.to_owned(),
            ..usvg::Options::default()
        };
        let wrong = |why: String| Error::Picture { title: self.title.clone(), why };
        let tree = usvg::Tree::from_str(&self.svg, &options).map_err(|error| wrong(error.to_string()))?;
        let zoom = zoom.clamp(0.1, 8.0);
        let size = tree.size();
        let pixels = |length: f32| (length * zoom).ceil().max(1.0) as u32;
        let mut paper = tiny_skia::Pixmap::new(pixels(size.width()), pixels(size.height()))
            .ok_or_else(|| wrong("it has no size".to_owned()))?;
        paper.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::from_scale(zoom, zoom), &mut paper.as_mut());
        paper.encode_png().map_err(|error| wrong(error.to_string()))
    }
}
