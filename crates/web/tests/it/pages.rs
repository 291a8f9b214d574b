//! An example of every address in the route table.

use super::serving::serving;

/// A path that answers for a row of the route table, and none for a row whose example has to be made first. A new row with
/// a variable part fails here until it has one.
pub fn example(path: &str) -> Option<String> {
    if path.starts_with("/reports/{id}") || path.starts_with("/assets") {
        return None;
    }
    let filled = path
        .replace("/subgroups/{code}", "/subgroups/housing")
        .replace("/recommendations/{number}", "/recommendations/1")
        .replace("/shared/{code}", "/shared/A01")
        .replace("/actions/{code}", "/actions/A01")
        .replace("/organisations/{number}", "/organisations/1")
        .replace("/members/{code}", "/members/member-01")
        .replace("/indicators/{code}", "/indicators/mmr-5y")
        .replace("/{file}", "/data.csv")
        .replace("/data/{import}", "/data/1")
        .replace("/register/people/{person}", &format!("/register/people/{}", serving().person))
        .replace("/register/reviews/{reading}", &format!("/register/reviews/{}", serving().reading))
        .replace("/accounts/{number}", &format!("/accounts/{}", serving().spare))
        .replace("/sign-in/with/{provider}", "/sign-in/with/nobody")
        .replace("/account/passkeys/{passkey}", "/account/passkeys/1")
        .replace("/invitation/{token}", "/invitation/none")
        .replace("/reports/progress/{format}", "/reports/progress/html");
    assert!(!filled.contains('{'), "{path}: give this row an example in tests/it/pages.rs");
    Some(filled)
}
