//! A plot of two shares as inline SVG.

use std::fmt::Write as _;

use super::markup::Html;

/// The inner square of a plot, in SVG units.
const SIDE: f64 = 300.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 12.0;

/// A plot under construction. Both axes begin at 0; x ends at 1.
pub(super) struct Plot {
    marks: String,
    y_end: f64,
}

impl Plot {
    /// A plot whose y axis ends at `y_end`, above 0.
    pub(super) fn new(y_end: f64) -> Self {
        Self {
            marks: String::new(),
            y_end,
        }
    }

    fn x(value: f64) -> f64 {
        LEFT + value * SIDE
    }

    fn y(&self, value: f64) -> f64 {
        TOP + SIDE - (value / self.y_end).min(1.0) * SIDE
    }

    /// A line from the origin to the far corner: where both shares are the same.
    pub(super) fn diagonal(&mut self) {
        let (x1, y1, x2, y2) = (Self::x(0.0), self.y(0.0), Self::x(1.0), self.y(self.y_end));
        self.mark(format_args!(
            "<line class=\"ideal\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        ));
    }

    /// A line through points.
    pub(super) fn line(&mut self, class: &str, points: &[(f64, f64)]) {
        let path: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{:.1},{:.1}", Self::x(*x), self.y(*y)))
            .collect();
        self.mark(format_args!(
            "<polyline class=\"line {class}\" points=\"{}\"/>",
            path.join(" ")
        ));
    }

    /// A point with its interval on the y axis and a name that shows on pointing at it.
    pub(super) fn point(
        &mut self,
        class: &str,
        at: (f64, f64),
        ends: Option<(f64, f64)>,
        radius: f64,
        name: &str,
    ) {
        let (x, y) = (Self::x(at.0), self.y(at.1));
        if let Some((low, high)) = ends {
            let (low, high) = (self.y(low), self.y(high));
            self.mark(format_args!(
                "<line class=\"whisker {class}\" x1=\"{x:.1}\" y1=\"{low:.1}\" x2=\"{x:.1}\" y2=\"{high:.1}\"/>"
            ));
        }
        self.mark(format_args!(
            "<circle class=\"point {class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"><title>{name}</title></circle>"
        ));
    }

    fn mark(&mut self, mark: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.marks.write_fmt(mark);
    }

    /// Writes the figure: the plot, what it shows for those who do not see it, axes, and below it a caption.
    pub(super) fn write(
        &self,
        html: &mut Html,
        title: &str,
        description: &str,
        axes: (&str, &str),
        caption: &str,
    ) {
        let (width, height) = (LEFT + SIDE + 16.0, TOP + SIDE + 48.0);
        html.put(format_args!(
            "<figure><h3>{title}</h3><svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}. {description}\">"
        ));
        for step in 0..=5_u8 {
            let share = f64::from(step) / 5.0;
            let (x, y) = (Self::x(share), self.y(share * self.y_end));
            html.put(format_args!(
                "<line class=\"grid\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{:.1}\"/>\
                 <line class=\"grid\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\"/>\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                TOP + SIDE,
                LEFT + SIDE,
                TOP + SIDE + 16.0,
                tick(share),
                LEFT - 6.0,
                y + 4.0,
                tick(share * self.y_end),
            ));
        }
        html.put(format_args!(
            "<text class=\"axis\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\
             <text class=\"axis\" transform=\"translate(14 {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>{}</svg>\
             <figcaption>{caption}</figcaption></figure>",
            LEFT + SIDE / 2.0,
            height - 8.0,
            axes.0,
            TOP + SIDE / 2.0,
            axes.1,
            self.marks
        ));
    }
}

/// A share in percent, without decimals that say nothing.
fn tick(share: f64) -> String {
    let percent = share * 100.0;
    if (percent - percent.round()).abs() < 0.05 {
        format!("{percent:.0}%")
    } else {
        format!("{percent:.1}%")
    }
}
