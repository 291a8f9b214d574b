//! The data protection impact assessment, in the seven steps of the ICO's template.

use report::documents::{Block, Section};

use super::{
    Facts, blank, categories_table, measures, paragraph, purposes_table, retention_table, roles_table,
    section, table,
};

pub(super) fn sections(facts: &Facts) -> Vec<Section> {
    vec![need(), processing(facts), consultation(), necessity(facts), risks(), reducing(facts), sign_off()]
}

fn need() -> Section {
    section(
        "Step 1: Why an assessment is needed",
        vec![
            paragraph(
                "het keeps records of children and adults, health data among them, to call children for vaccinations and to support \
                 families. That is processing of special categories on a large scale, of people who may be vulnerable (UK GDPR Article \
                 35(3)(b); ICO list of processing that needs an assessment).",
            ),
            blank("the project's own aims, and who asked for it"),
        ],
    )
}

fn processing(facts: &Facts) -> Section {
    let mut outer = Section::new("Step 2: The processing");
    outer.sections = vec![
        section(
            "Nature",
            vec![
                Block::List(vec![
                    "Records are typed in, or imported from a file that is refused whole when anything in it is wrong.".to_owned(),
                    "They are read and corrected by the roles below, given out for the purposes below, and erased or made anonymous when their time has passed.".to_owned(),
                    "The national data opt-out is honoured where it applies; opting out is written in nobody's record.".to_owned(),
                    "Nothing is decided about a person by automated means.".to_owned(),
                ]),
                blank("where records come from, and under which sharing agreements"),
            ],
        ),
        section(
            "Scope",
            vec![
                paragraph(format!("People in the register now: {}.", facts.people)),
                categories_table(),
                retention_table(),
                blank("how many people are expected, and the area"),
            ],
        ),
        section(
            "Context",
            vec![
                paragraph("Most of the people are children. Those who look after them give their details, or the NHS does."),
                blank("how people are told (privacy notice), and what they would expect"),
            ],
        ),
        section("Purposes", vec![purposes_table()]),
    ];
    outer
}

fn consultation() -> Section {
    section(
        "Step 3: Consultation",
        vec![blank(
            "how families, staff, the Caldicott Guardian and the data protection officer were asked, and what they said",
        )],
    )
}

fn necessity(facts: &Facts) -> Section {
    let check = facts.last_opt_out_check.as_deref().unwrap_or("never");
    section(
        "Step 4: Necessity and proportion",
        vec![
            Block::List(vec![
                "Lawful basis: the table of purposes.".to_owned(),
                "Minimisation: each role sees what it needs (table); what is given out for planning has no name, number or address.".to_owned(),
                "Accuracy: NHS numbers are checked by Modulus 11; corrections keep what was before.".to_owned(),
                "Rights: access as PDF or JSON, rectification, erasure, restriction by a hold, consent that can be taken back.".to_owned(),
                format!("The opt-out service was last asked: {check}."),
            ]),
            roles_table(),
            blank("processors and their contracts, transfers abroad"),
        ],
    )
}

/// What can go wrong, and what het does about it. How likely and how severe it is, and what remains, is the council's to judge.
const RISKS: [(&str, &str); 8] = [
    (
        "Somebody without a part in it reads a record",
        "Roles, reasons, readings that are kept and shown, second look at broken glass",
    ),
    (
        "Somebody who may read does so out of curiosity",
        "The reason and the name are kept and shown to the person on request",
    ),
    ("The database or a backup is stolen", "Sealed values, keys kept elsewhere, sealed backups"),
    ("The keys are lost", "A copy kept elsewhere; het doctor says when a key is missing"),
    (
        "The keys are stolen",
        "het keys new and het keys rotate; old backups stay readable to whoever has the old key",
    ),
    (
        "A record is wrong, or two people are mixed up",
        "Check digits, one person for a number, corrections with what was before",
    ),
    (
        "Somebody who opted out is used for planning",
        "Only people whom the opt-out service gave back in the last 21 days are used",
    ),
    ("Records are kept too long", "The schedule, run by het retention, unless a hold forbids it"),
];

fn risks() -> Section {
    let rows = RISKS.iter().map(|(risk, _)| {
        vec![
            (*risk).to_owned(),
            "to be judged".to_owned(),
            "to be judged".to_owned(),
            "to be judged".to_owned(),
        ]
    });
    section(
        "Step 5: Risks",
        vec![
            table("Risks", &["Risk", "How likely", "How severe", "Overall"], rows),
            blank("how likely and how severe each is, and risks of the council's own"),
        ],
    )
}

fn reducing(facts: &Facts) -> Section {
    let rows = RISKS.iter().map(|(risk, measure)| {
        vec![(*risk).to_owned(), (*measure).to_owned(), "to be judged".to_owned(), "to be decided".to_owned()]
    });
    section(
        "Step 6: Measures",
        vec![
            table("Measures", &["Risk", "What het does", "What remains", "Approved"], rows),
            Block::List(measures(facts)),
            blank("training, who holds the keys, how often accounts and broken glass are looked at"),
        ],
    )
}

fn sign_off() -> Section {
    let names = [
        "Measures approved by",
        "Remaining risks approved by",
        "Advice of the data protection officer",
        "Advice taken or overruled by",
        "This assessment is kept under review by",
    ];
    let rows =
        names.into_iter().map(|what| vec![what.to_owned(), "name and date to be filled in".to_owned()]);
    section("Step 7: Signing off", vec![table("Signing off", &["What", "Who and when"], rows)])
}
