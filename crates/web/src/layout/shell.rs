//! The shell around a page: title, header, navigation, footer.

use maud::{DOCTYPE, Markup, html};
use town::Permission;

use super::{Page, colour, sections};
use crate::components::{
    Breadcrumbs, Footer, GenericHeader, NotificationBanner, PhaseBanner, ServiceNavigation, SkipLink, Tag,
};
use crate::{Visit, assets};

/// What every page of a synthetic town says.
const SYNTHETIC: &str = "This town is synthetic: every name and number is made up.";

/// The whole document.
pub(super) fn around(visit: &Visit, page: Page) -> Markup {
    let settings = visit.settings();
    let error = if page.has_errors { "Error: " } else { "" };
    let (lang, right_to_left) = ("en-GB", false);
    html! {
        (DOCTYPE)
        html lang=(lang) dir=(if right_to_left { "rtl" } else { "ltr" }) class="govuk-template" {
            head {
                meta charset="utf-8";
                title { (error) (page.title) " – " (settings.town_name) " health equity" }
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="theme-color" content=(settings.colour);
                link rel="icon" href=(assets::ICON) type="image/svg+xml";
                link rel="stylesheet" href=(if right_to_left { assets::STYLE_RTL } else { assets::STYLE });
                link rel="stylesheet" href=(colour::address(&settings.colour));
                script src=(assets::SCRIPT) type="module" {}
            }
            body class="govuk-template__body" {
                script src=(assets::START) {}
                (SkipLink { text: "Skip to main content".into(), href: "#main-content".into(), ..SkipLink::default() })
                (header(visit, &page))
                div class="govuk-width-container" {
                    @if !page.crumbs.is_empty() {
                        (Breadcrumbs { items: page.crumbs.clone(), collapse_on_mobile: true, ..Breadcrumbs::default() })
                    }
                    main class="govuk-main-wrapper" id="main-content" {
                        @if let Some(notice) = visit.notice() {
                            (NotificationBanner { text: notice.words().into(), success: true, ..NotificationBanner::default() })
                        }
                        (page.body)
                    }
                }
                (footer(visit))
            }
        }
    }
}

fn header(visit: &Visit, page: &Page) -> Markup {
    let settings = visit.settings();
    let logo = html! { (settings.town_name) span class="het-header__what" { " Health Equity Town" } };
    html! {
        header class="govuk-template__header het-header" {
            (GenericHeader { logo: logo.into(), classes: "het-header__name".into(), ..GenericHeader::default() })
            (ServiceNavigation {
                items: sections::items(visit, page.section),
                navigation_label: "Parts of het".into(),
                label: "Navigation and account".into(),
                end: account(visit),
                end_inline: true,
                ..ServiceNavigation::default()
            })
            @if settings.synthetic {
                (PhaseBanner {
                    tag: Tag { text: "Synthetic".into(), classes: "govuk-tag--purple".into() },
                    text: SYNTHETIC.into(),
                    ..PhaseBanner::default()
                })
            }
        }
    }
}

/// Who is signed in, and the way in or out.
fn account(visit: &Visit) -> Markup {
    html! {
        div class="het-account" {
            @if let Some(name) = visit.name() {
                @if visit.may(Permission::OwnAccount) {
                    a class="het-account__name govuk-service-navigation__link" href="/account" { (name) }
                } @else {
                    span class="het-account__name" { (name) }
                }
                (visit.form("/sign-out", html! { button class="het-account__button" type="submit" { "Sign out" } }))
            } @else if visit.path() != "/sign-in" {
                a class="govuk-service-navigation__link" href="/sign-in" { "Sign in" }
            }
        }
    }
}

fn footer(visit: &Visit) -> Markup {
    let licence = html! {
        "Contains public sector information licensed under the "
        a class="govuk-footer__link" rel="license"
            href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/" {
            "Open Government Licence v3.0"
        }
        "."
    };
    let meta = html! {
        @if visit.settings().synthetic { p { (SYNTHETIC) } }
        p { "Made with het, open source under the MIT or Apache-2.0 licence." }
    };
    html! {
        footer class="govuk-template__footer" {
            (Footer { licence: licence.into(), meta: meta.into(), meta_title: "About het".into(), ..Footer::default() })
        }
    }
}
