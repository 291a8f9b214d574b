//! Every address of het, from top to bottom: how it is asked, who may, and what answers. What is not here is not there.

use axum::Router;
use town::Permission::{ReadPublic, SignIn};

use crate::app::App;
use crate::route::{Route, get, not_that_way, nothing_here, plain, post};
use crate::{accounts, assets, board, edge, indicators, layout};

/// The route table.
#[rustfmt::skip]
pub fn routes() -> Vec<Route> {
    vec![
        // Everybody
        get("/", ReadPublic, board::show),
        get("/sign-in", SignIn, accounts::sign_in_page),
        post("/sign-in", SignIn, accounts::sign_in),
        post("/sign-out", SignIn, accounts::sign_out),

        // What is measured, and where it came from
        get("/indicators", ReadPublic, indicators::list),
        get("/indicators.csv", ReadPublic, indicators::list_csv),
        get("/indicators/{code}", ReadPublic, indicators::show),
        get("/indicators/{code}/{file}", ReadPublic, indicators::file),
        get("/data", ReadPublic, indicators::data_list),
        get("/data/{import}", ReadPublic, indicators::import_page),

        // Browsers, and whoever keeps the machine running
        plain("/assets/{name}", async |_, path, headers| assets::answer(path.trim_start_matches("/assets/"), &headers)),
        plain("/town.css", async |app, _, _| layout::town_style(&app).await),
        plain("/health/live", async |_, _, _| edge::live()),
        plain("/health/ready", async |app, _, _| edge::ready(&app).await),
    ]
}

/// The route table as a service, with what stands around all of it.
pub(crate) fn router(app: App) -> Router {
    let rows = routes().into_iter().map(Route::into_parts);
    let router = rows.fold(Router::new(), |router, (path, answers)| router.route(path, answers));
    let router = router.fallback(nothing_here).method_not_allowed_fallback(not_that_way);
    edge::around(router, &app).with_state(app)
}
