//! The parts of het, in the order of the navigation.

use town::Permission;

use crate::Visit;
use crate::components::NavigationItem;

/// A part of het.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Is the gap closing?
    Board,
    /// The subgroups of the partnership.
    Subgroups,
    /// What the report recommends.
    Recommendations,
    /// What is being done.
    Actions,
    /// What is measured.
    Indicators,
    /// What is missing.
    Gaps,
    /// What was imported.
    Data,
    /// Progress reports.
    Reports,
    /// What is shared with a guest's organisation.
    Shared,
    /// Records of people.
    Register,
    /// Other people's accounts.
    Accounts,
    /// Who did what.
    Audit,
}

struct Row {
    section: Section,
    path: &'static str,
    words: &'static str,
    permission: Permission,
}

/// The navigation. A part that is added to [`crate::routes`] gets its row here.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { section: Section::Board, path: "/", words: "Board", permission: Permission::ReadPublic },
    Row { section: Section::Subgroups, path: "/subgroups", words: "Subgroups", permission: Permission::ReadProgramme },
    Row { section: Section::Recommendations, path: "/recommendations", words: "Recommendations", permission: Permission::ReadProgramme },
    Row { section: Section::Actions, path: "/actions", words: "Actions", permission: Permission::ReadProgramme },
    Row { section: Section::Indicators, path: "/indicators", words: "Indicators", permission: Permission::ReadPublic },
    Row { section: Section::Gaps, path: "/gaps", words: "Gaps", permission: Permission::ReadProgramme },
    Row { section: Section::Data, path: "/data", words: "Data", permission: Permission::ReadPublic },
    Row { section: Section::Reports, path: "/reports", words: "Reports", permission: Permission::ReadPublic },
    Row { section: Section::Shared, path: "/shared", words: "Shared with you", permission: Permission::ReadShared },
    Row { section: Section::Register, path: "/register", words: "Register", permission: Permission::UseRegister },
    Row { section: Section::Accounts, path: "/accounts", words: "Accounts", permission: Permission::Administer },
    Row { section: Section::Audit, path: "/audit", words: "Audit log", permission: Permission::ReadAudit },
];

/// The parts that this visitor may see.
pub(super) fn items(visit: &Visit, here: Option<Section>) -> Vec<NavigationItem> {
    let shown = ROWS.iter().filter(|row| visit.may(row.permission));
    shown
        .map(|row| NavigationItem {
            text: row.words.into(),
            href: row.path.into(),
            current: here == Some(row.section) && visit.path() == row.path,
            active: here == Some(row.section),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Method;

    #[test]
    fn every_part_has_a_route_with_the_same_permission() {
        let routes = crate::routes();
        for row in ROWS {
            let found = routes.iter().find(|route| route.path() == row.path && route.method() == Method::Get);
            assert_eq!(found.map(|route| route.permission()), Some(row.permission), "{}", row.path);
        }
    }
}
