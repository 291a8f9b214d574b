//! `GET /accounts`, `GET /accounts/{number}` and what can be done to an account there.

use maud::{Markup, html};
use town::accounts::{User, UserFilter, UserState};

use super::choices::{member_choices, organisation_choices, role_select, role_words};
use crate::components::{Button, CheckboxItem, Checkboxes, Field, Select, SummaryList, SummaryRow, Tag};
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Sent, Visit, download};

/// Everybody who may sign in.
pub(crate) async fn users(visit: Visit) -> Answer {
    let (shown, total) = visit.town().user_list(visit.actor(), &filter(&visit)).await?;
    let roles = town::Role::OF_ACCOUNTS.iter().map(|role| (role.code().to_owned(), role.words().to_owned()));
    let fields = html! {
        (listing::filter(&visit, "role", "Role", "Any role", roles))
        (listing::words_filter(&visit))
    };
    let row = |user: &User| {
        vec![
            html! { a class="govuk-link" href={ "/accounts/" (user.id) } { (user.name) } },
            html! { (user.email) },
            html! { (role_words(&user.role)) },
            html! { (place(user)) },
            html! { (state(user)) },
        ]
    };
    let table = Listing {
        caption: "Accounts".into(),
        hide_caption: true,
        columns: vec![
            Column::new("Name").sortable(&visit, ""),
            Column::new("Email").sortable(&visit, "email"),
            Column::new("Role").sortable(&visit, "role"),
            Column::new("In the partnership"),
            Column::new("State").sortable(&visit, "state"),
        ],
        rows: shown.iter().map(row).collect(),
    };
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Accounts" }
            (Button { text: "Invite somebody".into(), href: "/accounts/new".into(), ..Button::default() })
        }
        p class="govuk-body" {
            "Programs that may ask: " a class="govuk-link" href="/machines" { "machines" } ". What was done and by whom: "
            a class="govuk-link" href="/audit" { "the audit log" } "."
        }
        (listing::filters(&visit, fields))
        (listing::count(&visit, shown.len(), total, "accounts", "/accounts.csv"))
        @if shown.is_empty() { p class="govuk-body" { "No account is like that." } } @else { (table) }
    };
    Page::new("Accounts", body).within(Section::Accounts).show(&visit)
}

/// The same list as CSV.
pub(crate) async fn users_csv(visit: Visit) -> Answer {
    download::csv(visit.town().user_csv(visit.actor(), &filter(&visit)).await?, "accounts.csv")
}

fn filter(visit: &Visit) -> UserFilter {
    let query = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    UserFilter { role: query("role"), words: query("words"), sort: query("sort") }
}

fn state(user: &User) -> Tag {
    let classes = match user.state() {
        UserState::Shut => "govuk-tag--grey",
        UserState::Invited => "govuk-tag--yellow",
        UserState::Open | UserState::OpenWithSecondFactor => "govuk-tag--green",
    };
    Tag { text: user.state().words().into(), classes: classes.into() }
}

fn place(user: &User) -> Markup {
    html! {
        @if !user.member.is_empty() { "Member " (user.member) }
        @if !user.organisation.is_empty() { " Guest of " (user.organisation) }
        @if user.member.is_empty() && user.organisation.is_empty() { span class="het-quiet" { "Not placed" } }
    }
}

/// One account.
pub(crate) async fn user(visit: Visit) -> Answer {
    show(&visit, Errors::default()).await
}

async fn show(visit: &Visit, errors: Errors) -> Answer {
    let user = visit.town().user(visit.actor(), visit.param("number")).await?;
    let places = visit.town().user_places(visit.actor()).await?;
    let to = |what: &str| format!("/accounts/{}/{what}", user.id);
    let rows = vec![
        SummaryRow::new("Email", user.email.as_str()),
        SummaryRow::new("State", html! { (state(&user)) }),
        SummaryRow::new("Second factor", if user.has_second_factor { "On" } else { "Off" }),
    ];
    let body = html! {
        (errors)
        span class="govuk-caption-l" { "Account" }
        h1 class="govuk-heading-l" { (user.name) }
        (SummaryList { rows, classes: "het-facts".into(), ..SummaryList::default() })
        h2 class="govuk-heading-m" { "Role" }
        (visit.form(&to("role"), html! {
            (role_select(&user.role, errors.on("role")))
            (Button { text: "Change the role".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
            p class="govuk-body-s" { "Their sessions end, so that nothing goes on under the old role." }
        }))
        h2 class="govuk-heading-m" { "In the partnership" }
        p class="govuk-body" {
            "A chair may change what their member's subgroup drives, an owner the actions that their member does or answers for, and a "
            "guest sees what is shared with their organisation."
        }
        (visit.form(&to("place"), html! {
            (Select { choices: member_choices(&places), value: user.member.clone(),
                field: Field::new("member", "Which member they are").error(errors.on("member")), ..Select::default() })
            (Select { choices: organisation_choices(&places), value: user.organisation.clone(),
                field: Field::new("organisation", "Of which organisation they are a guest").error(errors.on("organisation")),
                ..Select::default() })
            (Button { text: "Save their place".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
        }))
        h2 class="govuk-heading-m" { "A new password" }
        p class="govuk-body" {
            "Takes their password and sessions away and makes a link with which they choose a new one. Their second factor stays, unless "
            "they have lost it: be sure that it is they who ask."
        }
        (visit.form(&to("reset"), html! {
            (Checkboxes {
                name: "lost".into(),
                items: vec![CheckboxItem::new("yes", "They have lost their second factor: take it away too")],
                classes: "govuk-checkboxes--small".into(),
                ..Checkboxes::default()
            })
            (Button { text: "Make a link".into(), classes: "govuk-button--warning".into(), ..Button::default() })
        }))
        h2 class="govuk-heading-m" { @if user.disabled_at.is_some() { "Open it again" } @else { "Shut it" } }
        (shutting(visit, &user, &to, &errors))
    };
    let page = Page::new(&user.name, body).within(Section::Accounts).under("/accounts", "Accounts");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

fn shutting(visit: &Visit, user: &User, to: &dyn Fn(&str) -> String, errors: &Errors) -> Markup {
    let (what, words, classes) = match user.disabled_at {
        Some(_) => ("open", "Open this account again", "govuk-button--secondary"),
        None => ("shut", "Shut this account", "govuk-button--warning"),
    };
    html! {
        @if let Some(error) = errors.on("shut") { p class="govuk-error-message" id="shut" { (error) } }
        p class="govuk-body" { "Nobody signs in to a shut account. What was done with it stays in the audit log." }
        (visit.form(&to(what), html! {
            (Button { text: words.into(), classes: classes.into(), ..Button::default() })
        }))
    }
}

/// `POST /accounts/{number}/role`.
pub(crate) async fn change_role(visit: Visit, sent: Sent) -> Answer {
    let user = visit.town().user(visit.actor(), visit.param("number")).await?;
    let done = match town::Role::from_code(sent.text("role")) {
        Some(role) => visit.town().set_user_role(visit.actor(), &user.email, role).await,
        None => Err(town::Error::refused("role", "Choose a role that an account can have")),
    };
    after(&visit, done).await
}

/// `POST /accounts/{number}/place`.
pub(crate) async fn place_user(visit: Visit, sent: Sent) -> Answer {
    let user = visit.town().user(visit.actor(), visit.param("number")).await?;
    let (member, organisation) = (sent.text("member"), sent.text("organisation"));
    let done = visit.town().place_user(visit.actor(), &user.email, member, organisation).await;
    after(&visit, done).await
}

/// `POST /accounts/{number}/shut`.
pub(crate) async fn shut_user(visit: Visit, _: Sent) -> Answer {
    set_shut(visit, true).await
}

/// `POST /accounts/{number}/open`.
pub(crate) async fn open_user(visit: Visit, _: Sent) -> Answer {
    set_shut(visit, false).await
}

async fn set_shut(visit: Visit, shut: bool) -> Answer {
    let user = visit.town().user(visit.actor(), visit.param("number")).await?;
    let done = visit.town().set_user_disabled(visit.actor(), &user.email, shut, town::now()).await;
    after(&visit, done).await
}

/// The account's page after something was done to it, or not.
async fn after(visit: &Visit, done: town::Result<()>) -> Answer {
    match done {
        Ok(()) => Ok(visit.done(&format!("/accounts/{}", visit.param("number")), Notice::Saved)),
        Err(town::Error::Refused(refusals)) => show(visit, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}
