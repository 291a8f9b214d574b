//! Who takes part, by role.

use super::{Member, Organisation, Subgroup};

/// The four subgroups.
pub(crate) fn subgroups() -> Vec<Subgroup> {
    let subgroup = |code, name, aim| Subgroup { code, name, aim };
    vec![
        subgroup(
            "children",
            "Children and young people",
            "Every child in the town is ready for school, protected and well by the age of 5",
        ),
        subgroup("housing", "Housing and health", "No resident is made ill by the home that they live in"),
        subgroup(
            "net-zero",
            "Net zero",
            "The town cuts its carbon in ways that improve the health of those with least",
        ),
        subgroup(
            "work",
            "Employment and skills",
            "Everyone who wants good work in the town can get it, keep it and live on it",
        ),
    ]
}

/// Kind, name.
const ORGANISATIONS: [(&str, &str); 12] = [
    ("council", "Synthetic Doggerham Council"),
    ("NHS", "Synthetic Doggerland Integrated Care Board"),
    ("NHS", "Synthetic Doggerham University Hospitals"),
    ("NHS", "Synthetic Community Health Services"),
    ("NHS", "Synthetic Primary Care Network Alliance"),
    ("housing", "Synthetic Harbour Homes Housing Association"),
    ("voluntary sector", "Synthetic Voluntary Sector Alliance"),
    ("education", "Synthetic Doggerham College"),
    ("business", "Synthetic Chamber of Business"),
    ("emergency services", "Synthetic Police and Fire Partnership"),
    ("education", "Synthetic Schools Forum"),
    ("voluntary sector", "Synthetic Council of Faiths"),
];

/// The organisations of the partnership.
pub(crate) fn organisations() -> Vec<Organisation> {
    ORGANISATIONS
        .iter()
        .enumerate()
        .map(|(index, &(kind, name))| Organisation {
            code: organisation_code(index),
            name: name.to_owned(),
            kind,
        })
        .collect()
}

/// Role, number of the organisation, subgroup.
const SEATS: [(&str, usize, Option<&str>); 30] = [
    ("Chair of the Health Equity Town partnership", 0, None),
    ("Leader of the Council", 0, None),
    ("Chief Executive", 0, None),
    ("Chair of the Health and Wellbeing Board", 0, None),
    ("Chief Executive", 1, None),
    ("Chief Officer", 6, None),
    ("Director of Public Health", 0, None),
    ("Director of Children's Services", 0, Some("children")),
    ("Head of Health Visiting", 3, Some("children")),
    ("Immunisation Lead", 4, Some("children")),
    ("Family Hubs Manager", 0, Some("children")),
    ("Head Teacher", 10, Some("children")),
    ("Consultant Paediatrician", 2, Some("children")),
    ("Faith Communities Link Worker", 11, Some("children")),
    ("Head of Housing", 0, Some("housing")),
    ("Housing Standards Manager", 0, Some("housing")),
    ("Director of Homes", 5, Some("housing")),
    ("Respiratory Consultant", 2, Some("housing")),
    ("Falls Prevention Lead", 3, Some("housing")),
    ("Home Fire Safety Manager", 9, Some("housing")),
    ("Head of Climate Change", 0, Some("net-zero")),
    ("Transport Planner", 0, Some("net-zero")),
    ("Sustainability Manager", 2, Some("net-zero")),
    ("Warm Homes Programme Manager", 5, Some("net-zero")),
    ("Community Energy Organiser", 6, Some("net-zero")),
    ("Head of Economic Development", 0, Some("work")),
    ("Principal", 7, Some("work")),
    ("Employer Engagement Manager", 8, Some("work")),
    ("Welfare Rights Manager", 0, Some("work")),
    ("People Director", 2, Some("work")),
];

/// The seats of the partnership.
pub(crate) fn members() -> Vec<Member> {
    SEATS
        .iter()
        .enumerate()
        .map(|(index, &(role, organisation, subgroup))| Member {
            code: format!("member-{:02}", index + 1),
            name: format!("Synthetic member {:02}, {role}", index + 1),
            role,
            organisation: organisation_code(organisation),
            subgroup,
        })
        .collect()
}

fn organisation_code(index: usize) -> String {
    format!("org-{:02}", index + 1)
}
