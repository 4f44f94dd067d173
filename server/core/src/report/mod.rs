//! Lines and a form become a report: borders of reports and sections first, then each section's tables, figures and claims.

mod model;

pub use model::{
    BoundClaim, BoundHeader, BoundLabel, BoundRow, BoundTable, Cell, Fit, Head, Heading, Layout,
    Named, Part, Place, Report, Title, Unit, Unreadable, Value, Written,
};
