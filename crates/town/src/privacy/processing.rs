//! The record of processing activities: what UK GDPR Article 30(1)(a) to (g) asks for, in its order.

use report::documents::{Block, Section};

use super::{
    Facts, blank, categories_table, measures, paragraph, purposes_table, retention_table, roles_table,
    section, table,
};

pub(super) fn sections(facts: &Facts) -> Vec<Section> {
    let accounts = facts.accounts.iter().map(|(role, count)| vec![role.code().to_owned(), count.to_string()]);
    vec![
        section(
            "The controller: 30(1)(a)",
            vec![
                paragraph(format!("het is run for {}.", facts.town)),
                blank(
                    "name and contact of the controller, of joint controllers, and of the data protection officer",
                ),
            ],
        ),
        section("Purposes: 30(1)(b)", vec![purposes_table()]),
        section(
            "People and data: 30(1)(c)",
            vec![
                Block::List(vec![
                    "Children, and adults who look after them or ask for support: records in the register."
                        .to_owned(),
                    "Members of the partnership: name, role and organisation, as owners of actions."
                        .to_owned(),
                    "Those who sign in: name, email, role, sessions, and what they did in the audit log."
                        .to_owned(),
                ]),
                categories_table(),
            ],
        ),
        section(
            "Recipients: 30(1)(d)",
            vec![
                paragraph(
                    "Outside recipients stand in the table of purposes. Inside, these roles have to do with records:",
                ),
                roles_table(),
                table("Accounts that are open", &["Role", "How many"], accounts),
                blank("agreements with recipients"),
            ],
        ),
        section(
            "Transfers abroad: 30(1)(e)",
            vec![
                paragraph("het sends nothing abroad by itself."),
                blank("where the machine and the backups stand"),
            ],
        ),
        section("Time limits: 30(1)(f)", vec![retention_table()]),
        section(
            "Security: 30(1)(g)",
            vec![Block::List(measures(facts)), blank("measures around het: premises, network, staff")],
        ),
    ]
}
