//! `GET` and `POST /actions/new`, `/actions/{code}/edit`.

use maud::{Markup, html};
use town::editing::Editing;
use town::partnership::{ActionForm, Choices, MilestoneForm};

use super::chosen::{kept, one_of};
use crate::components::{
    Affix, Button, CheckboxItem, Checkboxes, DateInput, Field, Fieldset, Input, Legend, Textarea,
};
use crate::editing::Form;
use crate::layout::Section;
use crate::{Errors, Problem, Sent, Visit};

/// How many empty milestones a form offers besides those there are.
const SPARE: usize = 2;

/// The most milestones that a form reads.
const MOST: usize = 60;

impl Form for ActionForm {
    const SECTION: Section = Section::Actions;
    const UNDER: &'static [(&'static str, &'static str)] = &[("/actions", "Actions")];
    const DATES: &'static [&'static str] =
        &["starts", "due", "finished", "stopped", "milestone-*-due", "milestone-*-done"];

    fn begun(visit: &Visit) -> ActionForm {
        ActionForm {
            subgroup: visit.query("subgroup").unwrap_or_default().to_owned(),
            recommendations: visit.query("serves").map(str::to_owned).into_iter().collect(),
            ..ActionForm::default()
        }
    }

    fn read(sent: &Sent) -> ActionForm {
        let text = |name: &str| sent.text(name).to_owned();
        let milestone = |index: usize| MilestoneForm {
            title: text(&format!("milestone-{index}-title")),
            due: sent.date(&format!("milestone-{index}-due")),
            done: sent.date(&format!("milestone-{index}-done")),
        };
        let sent_milestones = (0..MOST).take_while(|index| sent.has(&format!("milestone-{index}-title")));
        ActionForm {
            code: text("code").trim().to_owned(),
            title: text("title"),
            description: text("description"),
            subgroup: text("subgroup"),
            owner: text("owner"),
            sponsor: text("sponsor"),
            starts: sent.date("starts"),
            due: sent.date("due"),
            finished: sent.date("finished"),
            stopped: sent.date("stopped"),
            percent: text("percent"),
            recommendations: sent.all("recommendations"),
            milestones: sent_milestones.map(milestone).collect(),
        }
    }

    fn makes_room(&mut self, sent: &Sent) -> bool {
        let wanted = sent.has("more-milestones");
        if wanted {
            self.milestones.extend([MilestoneForm::default(), MilestoneForm::default()]);
        }
        wanted
    }

    async fn load(visit: &Visit, code: &str) -> town::Result<ActionForm> {
        visit.town().action_form(visit.actor(), code).await
    }

    async fn keep(&self, visit: &Visit, editing: Option<Editing<'_>>) -> town::Result<String> {
        visit.town().save_action(visit.actor(), editing, self).await
    }

    async fn inputs(&self, visit: &Visit, code: Option<&str>, errors: &Errors) -> Result<Markup, Problem> {
        let choices = visit.town().choices(visit.actor()).await?;
        let more = Button {
            text: "Make room for more milestones".into(),
            name: "more-milestones".into(),
            value: "yes".into(),
            classes: "govuk-button--secondary".into(),
            ..Button::default()
        };
        Ok(html! {
            (what(self, &choices, errors))
            (when(self, errors))
            (serves(self, &choices, errors))
            (milestones(self, errors))
            (kept::<ActionForm>(code, "Save this action", "/actions", html! { (more) }))
        })
    }

    fn title(&self, code: Option<&str>) -> String {
        code.map_or_else(|| "Add an action".to_owned(), |code| format!("Edit action {code}"))
    }

    fn address(code: &str) -> String {
        format!("/actions/{code}")
    }
}

fn what(form: &ActionForm, choices: &Choices, errors: &Errors) -> Markup {
    html! {
        (Input {
            field: Field::new("title", "What is the action called?").error(errors.on("title")),
            value: form.title.clone(),
            ..Input::default()
        })
        (Input {
            field: Field::new("code", "Code")
                .hint("A short code that stays the same, such as CYP-07: the page's address ends with it")
                .error(errors.on("code")),
            value: form.code.clone(),
            classes: "govuk-input--width-10".into(),
            ..Input::default()
        })
        (Textarea {
            field: Field::new("description", "What will be done? (optional)"),
            value: form.description.clone(),
            ..Textarea::default()
        })
        (one_of("subgroup", "Which subgroup drives it?", None, None, &choices.subgroups, &form.subgroup,
            errors.on("subgroup")))
        (one_of("owner", "Who does it?", None, Some("Nobody yet"), &choices.members, &form.owner, errors.on("owner")))
        (one_of("sponsor", "Who answers for it?", Some("The sponsor, whom the owner can turn to"), Some("Nobody yet"),
            &choices.members, &form.sponsor, errors.on("sponsor")))
    }
}

fn when(form: &ActionForm, errors: &Errors) -> Markup {
    let date = |name: &str, legend: &str, value: &str| DateInput::new(name, legend, value, errors.on(name));
    html! {
        (date("starts", "When does it start?", &form.starts).hint("For example, 1 4 2026"))
        (date("due", "When should it be finished?", &form.due).hint("For example, 31 3 2027"))
        (Input {
            field: Field::new("percent", "How much of it is done?").error(errors.on("percent")),
            value: form.percent.clone(),
            classes: "govuk-input--width-3".into(),
            input_mode: "numeric".into(),
            suffix: Some(Affix { text: "%".into(), ..Affix::default() }),
            ..Input::default()
        })
        (date("finished", "When was it finished? (empty while it is not)", &form.finished))
        (date("stopped", "When was it stopped unfinished? (empty unless it was)", &form.stopped))
    }
}

fn serves(form: &ActionForm, choices: &Choices, errors: &Errors) -> Markup {
    let item = |named: &town::partnership::Named| {
        CheckboxItem::new(&named.code, format!("{}. {}", named.code, named.name))
    };
    html! {
        (Checkboxes {
            name: "recommendations".into(),
            fieldset: Some(Fieldset { legend: Legend::from("Which recommendations does it serve?"), ..Fieldset::default() }),
            error: errors.on("recommendations").map(crate::components::ErrorMessage::from),
            items: choices.recommendations.iter().map(item).collect(),
            values: form.recommendations.clone(),
            classes: "govuk-checkboxes--small het-choices".into(),
            ..Checkboxes::default()
        })
    }
}

fn milestones(form: &ActionForm, errors: &Errors) -> Markup {
    let spare = form.milestones.iter().rev().take_while(|m| m.title.is_empty() && m.due.is_empty()).count();
    let mut shown = form.milestones.clone();
    shown.resize(shown.len() + SPARE.saturating_sub(spare), MilestoneForm::default());
    html! {
        h2 class="govuk-heading-m" { "Milestones" }
        p class="govuk-hint" { "Leave one without words to take it out." }
        @for (index, milestone) in shown.iter().enumerate() {
            fieldset class="govuk-fieldset het-milestone" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Milestone " (index + 1) }
                (Input {
                    field: Field::new(format!("milestone-{index}-title"), "What will have been done?")
                        .error(errors.on(&format!("milestone-{index}-title"))),
                    value: milestone.title.clone(),
                    ..Input::default()
                })
                div class="het-beside" {
                    (date(index, "due", "By when?", &milestone.due, errors))
                    (date(index, "done", "When was it done?", &milestone.done, errors))
                }
            }
        }
    }
}

fn date(index: usize, part: &str, legend: &str, value: &str, errors: &Errors) -> DateInput {
    let name = format!("milestone-{index}-{part}");
    DateInput::new(&name, legend, value, errors.on(&name))
}
