//! `GET` and `POST /recommendations/new`, `/recommendations/{number}/edit`.

use maud::{Markup, html};
use town::editing::Editing;
use town::partnership::{PRINCIPLES, RecommendationForm};

use super::chosen::{kept, one_of};
use super::recommendations::horizon;
use crate::components::{
    Choice, ErrorMessage, Field, Fieldset, Input, Legend, RadioItem, Radios, Select, Textarea,
};
use crate::editing::Form;
use crate::layout::Section;
use crate::{Errors, Problem, Sent, Visit};

impl Form for RecommendationForm {
    const SECTION: Section = Section::Recommendations;
    const UNDER: &'static [(&'static str, &'static str)] = &[("/recommendations", "Recommendations")];
    const PARAM: &'static str = "number";

    fn read(sent: &Sent) -> RecommendationForm {
        let text = |name: &str| sent.text(name).trim().to_owned();
        RecommendationForm {
            number: text("number"),
            words: text("words"),
            // What is not a number is no principle, which the use case refuses.
            principle: text("principle").parse().unwrap_or(0),
            horizon: text("horizon"),
            subgroup: text("subgroup"),
            owner: text("owner"),
        }
    }

    async fn load(visit: &Visit, number: &str) -> town::Result<RecommendationForm> {
        visit.town().recommendation_form(visit.actor(), number).await
    }

    async fn keep(&self, visit: &Visit, editing: Option<Editing<'_>>) -> town::Result<String> {
        visit.town().save_recommendation(visit.actor(), editing, self).await
    }

    async fn inputs(&self, visit: &Visit, number: Option<&str>, errors: &Errors) -> Result<Markup, Problem> {
        let choices = visit.town().choices(visit.actor()).await?;
        let mut principles = vec![Choice::new("", "Choose one")];
        let principle = |(index, words): (usize, &&str)| {
            Choice::new((index + 1).to_string(), format!("{}. {words}", index + 1))
        };
        principles.extend(PRINCIPLES.iter().enumerate().map(principle));
        let horizons = ["short", "medium", "long"].map(|code| RadioItem::new(code, horizon(code)));
        Ok(html! {
            (Input {
                field: Field::new("number", "Number in the report").error(errors.on("number")),
                value: self.number.clone(),
                classes: "govuk-input--width-5".into(),
                ..Input::default()
            })
            (Textarea {
                field: Field::new("words", "What does it say?").error(errors.on("words")),
                value: self.words.clone(),
                ..Textarea::default()
            })
            (Select {
                field: Field::new("principle", "Which Marmot principle does it belong to?").error(errors.on("principle")),
                choices: principles,
                value: if self.principle == 0 { String::new() } else { self.principle.to_string() },
                ..Select::default()
            })
            (Radios {
                name: "horizon".into(),
                fieldset: Some(Fieldset { legend: Legend::from("By when should it be reached?"), ..Fieldset::default() }),
                error: errors.on("horizon").map(ErrorMessage::from),
                items: horizons.into(),
                value: self.horizon.clone(),
                classes: "govuk-radios--inline".into(),
                ..Radios::default()
            })
            (one_of("subgroup", "Which subgroup drives it?", None, None, &choices.subgroups, &self.subgroup,
                errors.on("subgroup")))
            (one_of("owner", "Who owns it?", None, Some("Nobody yet"), &choices.members, &self.owner, errors.on("owner")))
            (kept::<RecommendationForm>(number, "Save this recommendation", "/recommendations", html! {}))
        })
    }

    fn title(&self, number: Option<&str>) -> String {
        number.map_or_else(
            || "Add a recommendation".to_owned(),
            |number| format!("Edit recommendation {number}"),
        )
    }

    fn address(number: &str) -> String {
        format!("/recommendations/{number}")
    }
}
