//! `GET` and `POST /recommendations/new`, `/recommendations/{number}/edit`.

use maud::html;
use town::partnership::{PRINCIPLES, RecommendationForm};

use super::chosen::one_of;
use super::recommendations::horizon;
use crate::components::{
    Button, Choice, ErrorMessage, Field, Fieldset, Input, Legend, RadioItem, Radios, Select, Textarea,
};
use crate::layout::Section;
use crate::{Answer, Errors, Notice, Page, Sent, Visit};

/// A new recommendation.
pub(crate) async fn new(visit: Visit) -> Answer {
    page(&visit, &RecommendationForm::default(), Errors::default()).await
}

/// A new recommendation is kept.
pub(crate) async fn create(visit: Visit, sent: Sent) -> Answer {
    keep(visit, sent, None).await
}

/// A recommendation to be edited.
pub(crate) async fn edit(visit: Visit) -> Answer {
    let form = visit.town().recommendation_form(visit.actor(), visit.param("number")).await?;
    page(&visit, &form, Errors::default()).await
}

/// An edited recommendation is kept.
pub(crate) async fn save(visit: Visit, sent: Sent) -> Answer {
    let number = visit.param("number").to_owned();
    keep(visit, sent, Some(&number)).await
}

async fn keep(visit: Visit, sent: Sent, number: Option<&str>) -> Answer {
    let text = |name: &str| sent.text(name).trim().to_owned();
    let form = RecommendationForm {
        number: text("number"),
        words: text("words"),
        // What is not a number is no principle, which the use case refuses.
        principle: text("principle").parse().unwrap_or(0),
        horizon: text("horizon"),
        subgroup: text("subgroup"),
        owner: text("owner"),
    };
    match visit.town().save_recommendation(visit.actor(), number, &form).await {
        Ok(()) => {
            let notice = if number.is_some() { Notice::Saved } else { Notice::Created };
            Ok(visit.done(&format!("/recommendations/{}", form.number), notice))
        }
        Err(town::Error::Refused(refusals)) => page(&visit, &form, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

async fn page(visit: &Visit, form: &RecommendationForm, errors: Errors) -> Answer {
    let choices = visit.town().choices(visit.actor()).await?;
    let number = visit.param("number");
    let title = match number {
        "" => "Add a recommendation".to_owned(),
        number => format!("Edit recommendation {number}"),
    };
    let mut principles = vec![Choice::new("", "Choose one")];
    let principle = |(index, words): (usize, &&str)| {
        Choice::new((index + 1).to_string(), format!("{}. {words}", index + 1))
    };
    principles.extend(PRINCIPLES.iter().enumerate().map(principle));
    let horizons = ["short", "medium", "long"].map(|code| RadioItem::new(code, horizon(code)));
    let fields = html! {
        (Input {
            field: Field::new("number", "Number in the report").error(errors.on("number")),
            value: form.number.clone(),
            classes: "govuk-input--width-5".into(),
            ..Input::default()
        })
        (Textarea {
            field: Field::new("words", "What does it say?").error(errors.on("words")),
            value: form.words.clone(),
            ..Textarea::default()
        })
        (Select {
            field: Field::new("principle", "Which Marmot principle does it belong to?").error(errors.on("principle")),
            choices: principles,
            value: if form.principle == 0 { String::new() } else { form.principle.to_string() },
            ..Select::default()
        })
        (Radios {
            name: "horizon".into(),
            fieldset: Some(Fieldset { legend: Legend::from("By when should it be reached?"), ..Fieldset::default() }),
            error: errors.on("horizon").map(ErrorMessage::from),
            items: horizons.into(),
            value: form.horizon.clone(),
            classes: "govuk-radios--inline".into(),
            ..Radios::default()
        })
        (one_of("subgroup", "Which subgroup drives it?", None, None, &choices.subgroups, &form.subgroup,
            errors.on("subgroup")))
        (one_of("owner", "Who owns it?", None, Some("Nobody yet"), &choices.members, &form.owner, errors.on("owner")))
        (Button { text: "Save this recommendation".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                h1 class="govuk-heading-l" { (title) }
                (visit.form(visit.path(), fields))
            }
        }
    };
    let page =
        Page::new(&title, body).within(Section::Recommendations).under("/recommendations", "Recommendations");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}
