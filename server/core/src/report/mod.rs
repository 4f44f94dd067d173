//! Binds lines to a form, which makes a report: first the borders of reports and sections, then the tables, figures and claims of each section.

mod bind;
mod borders;
mod claims;
mod fold;
mod head;
mod header;
mod kept_claims;
mod lexicon;
mod marks;
mod model;
mod moved;
mod paragraphs;
mod part;
mod prose;
mod stated;
mod templates;
mod titles;
mod typed;
mod untagged;
mod value;

pub(crate) use borders::{Content, Marked, PartBorder, ReportBorders, borders};
pub(crate) use claims::{Cues, brackets, claims};
pub use fold::fold;
pub(crate) use fold::is_traditional;
pub(crate) use head::{Source as HeadSource, head, year_marks, year_value, years};
pub use lexicon::Lexicon;
pub(crate) use marks::{HeadingMark, Mark, mark};
pub(crate) use paragraphs::{Paragraph, are_joined, lines_of};
pub(crate) use part::{Source as PartSource, part};
pub(crate) use templates::{Template, Templates};
pub(crate) use typed::Typed;
pub(crate) use untagged::tags;
pub(crate) use value::read as read_value;

pub use model::{
    BoundClaim, BoundHeader, BoundLabel, BoundRow, BoundTable, Cell, Fit, Head, Heading, Layout,
    Named, Part, Place, Report, Title, Unit, Unreadable, Value, Written,
};
pub(crate) use prose::Frame;
pub use prose::{Facts, Figure, Hedges};
