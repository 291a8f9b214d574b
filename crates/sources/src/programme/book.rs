//! A workbook between reading and checking.

use super::Workbook;
use super::cells::Rows;

/// A workbook with the rows it came from, so that a reference that leads nowhere can be named by its cell.
pub(super) struct Book {
    pub workbook: Workbook,
    pub members: Rows,
    pub recommendations: Rows,
    pub actions: Rows,
    pub milestones: Rows,
    pub indicators: Rows,
    pub targets: Rows,
    pub observations: Rows,
    pub subgroups: Rows,
}
