//! Every address of het, from top to bottom: how it is asked, who may, and what answers. What is not here is not there.

use axum::Router;
use town::Permission::{
    BreakGlass, EditProgramme, EditRegister, Import, OwnAccount, PublishReport, ReadProgramme, ReadPublic,
    ReadRegister, RegisterRights, ReviewReadings, SearchRegister, SignIn, UseRegister,
};
use town::indicators::{IndicatorForm, TargetsForm};
use town::partnership::{ActionForm, MemberForm, OrganisationForm, RecommendationForm, SubgroupForm};

use crate::app::App;
use crate::partnership::{actions, gaps, members, organisations, recommendations, subgroups};
use crate::route::{Route, get, near, not_that_way, nothing_here, plain, post, upload};
use crate::{accounts, api, assets, board, edge, editing, indicators, layout, register, reports};

/// The route table.
#[rustfmt::skip]
pub fn routes() -> Vec<Route> {
    vec![
        // Everybody
        get("/", ReadPublic, board::show),
        get("/sign-in", SignIn, accounts::sign_in_page),
        post("/sign-in", SignIn, accounts::sign_in),
        get("/sign-in/code", SignIn, accounts::code_page),
        post("/sign-in/code", SignIn, accounts::give_code),
        post("/sign-out", SignIn, accounts::sign_out),
        get("/invitation/{token}", SignIn, accounts::invitation_page),
        post("/invitation/{token}", SignIn, accounts::choose_password),

        // Whoever is signed in
        get("/account", OwnAccount, accounts::own_account),
        post("/account/password", OwnAccount, accounts::change_password),
        post("/account/sessions/end", OwnAccount, accounts::end_session),
        post("/account/sessions/end-others", OwnAccount, accounts::end_other_sessions),
        get("/account/second-factor", OwnAccount, accounts::second_factor_page),
        post("/account/second-factor", OwnAccount, accounts::second_factor_on),
        post("/account/second-factor/off", OwnAccount, accounts::second_factor_off),

        // What is measured, and where it came from
        get("/indicators", ReadPublic, indicators::list),
        get("/indicators.csv", ReadPublic, indicators::list_csv),
        get("/indicators/{code}", ReadPublic, indicators::show),
        get("/indicators/{code}/inequality", ReadPublic, indicators::inequality),
        get("/indicators/{code}/{file}", ReadPublic, indicators::file),
        get("/data", ReadPublic, indicators::data_list),
        get("/data.csv", ReadPublic, indicators::data_csv),
        get("/data/series", ReadPublic, indicators::series_list),
        get("/data/series.csv", ReadPublic, indicators::series_csv),
        get("/data/{import}", ReadPublic, indicators::import_page),

        // Published reports
        get("/reports", ReadPublic, reports::list),
        get("/reports.csv", ReadPublic, reports::list_csv),
        get("/reports/{id}", ReadPublic, reports::published),
        get("/reports/{id}/{format}", ReadPublic, reports::published_file),

        // The partnership reads
        get("/subgroups", ReadProgramme, subgroups::list),
        get("/subgroups.csv", ReadProgramme, subgroups::csv),
        get("/subgroups/{code}", ReadProgramme, subgroups::show),
        get("/recommendations", ReadProgramme, recommendations::list),
        get("/recommendations.csv", ReadProgramme, recommendations::csv),
        get("/recommendations/{number}", ReadProgramme, recommendations::show),
        get("/actions", ReadProgramme, actions::list),
        get("/actions.csv", ReadProgramme, actions::csv),
        get("/actions/{code}", ReadProgramme, actions::show),
        get("/gaps", ReadProgramme, gaps::show),
        get("/gaps.csv", ReadProgramme, gaps::csv),
        get("/members", ReadProgramme, members::list),
        get("/members.csv", ReadProgramme, members::csv),
        get("/organisations", ReadProgramme, organisations::list),
        get("/organisations.csv", ReadProgramme, organisations::csv),
        get("/reports/progress", ReadProgramme, reports::preview),
        get("/reports/progress/{format}", ReadProgramme, reports::file),

        // The partnership writes
        get("/subgroups/new", EditProgramme, editing::new::<SubgroupForm>),
        post("/subgroups/new", EditProgramme, editing::create::<SubgroupForm>),
        get("/subgroups/{code}/edit", EditProgramme, editing::edit::<SubgroupForm>),
        post("/subgroups/{code}/edit", EditProgramme, editing::save::<SubgroupForm>),
        get("/recommendations/new", EditProgramme, editing::new::<RecommendationForm>),
        post("/recommendations/new", EditProgramme, editing::create::<RecommendationForm>),
        get("/recommendations/{number}/edit", EditProgramme, editing::edit::<RecommendationForm>),
        post("/recommendations/{number}/edit", EditProgramme, editing::save::<RecommendationForm>),
        get("/actions/new", EditProgramme, editing::new::<ActionForm>),
        post("/actions/new", EditProgramme, editing::create::<ActionForm>),
        get("/actions/{code}/edit", EditProgramme, editing::edit::<ActionForm>),
        post("/actions/{code}/edit", EditProgramme, editing::save::<ActionForm>),
        get("/members/new", EditProgramme, editing::new::<MemberForm>),
        post("/members/new", EditProgramme, editing::create::<MemberForm>),
        get("/members/{code}/edit", EditProgramme, editing::edit::<MemberForm>),
        post("/members/{code}/edit", EditProgramme, editing::save::<MemberForm>),
        get("/organisations/new", EditProgramme, editing::new::<OrganisationForm>),
        post("/organisations/new", EditProgramme, editing::create::<OrganisationForm>),
        get("/organisations/{number}/edit", EditProgramme, editing::edit::<OrganisationForm>),
        post("/organisations/{number}/edit", EditProgramme, editing::save::<OrganisationForm>),
        post("/reports/progress", PublishReport, reports::publish),

        // Whoever may change what is measured
        get("/indicators/new", EditProgramme, editing::new::<IndicatorForm>),
        post("/indicators/new", EditProgramme, editing::create::<IndicatorForm>),
        get("/indicators/{code}/edit", EditProgramme, editing::edit::<IndicatorForm>),
        post("/indicators/{code}/edit", EditProgramme, editing::save::<IndicatorForm>),
        get("/indicators/{code}/targets", EditProgramme, editing::edit::<TargetsForm>),
        post("/indicators/{code}/targets", EditProgramme, editing::save::<TargetsForm>),
        get("/indicators/{code}/figures", EditProgramme, indicators::figure),
        post("/indicators/{code}/figures", EditProgramme, indicators::save_figure),
        get("/indicators/{code}/rebase", EditProgramme, indicators::rebase),
        post("/indicators/{code}/rebase", EditProgramme, indicators::save_rebase),
        get("/indicators/{code}/ghosts", EditProgramme, indicators::ghosts),
        post("/indicators/{code}/ghosts", EditProgramme, indicators::save_ghost),
        get("/data/import", Import, indicators::upload_page),
        upload("/data/import", Import, indicators::upload),

        // Records of people: what of one is shown, its use case decides by role and by the reason that was given
        get("/register", UseRegister, register::home),
        post("/register/search", SearchRegister, register::search),
        get("/register/new", EditRegister, register::new),
        post("/register/new", EditRegister, register::add),
        get("/register/people/{person}", UseRegister, register::show),
        post("/register/people/{person}/reason", ReadRegister, register::give_reason),
        get("/register/people/{person}/correct", EditRegister, register::correct_page),
        post("/register/people/{person}/correct", EditRegister, register::correct),
        get("/register/people/{person}/readings", ReadRegister, register::readings),
        get("/register/people/{person}/rights", RegisterRights, register::rights),
        post("/register/people/{person}/access", RegisterRights, register::access),
        post("/register/people/{person}/consent", RegisterRights, register::consent),
        post("/register/people/{person}/hold", RegisterRights, register::hold),
        post("/register/people/{person}/erase", RegisterRights, register::erase),
        get("/register/break-glass", BreakGlass, register::glass_page),
        post("/register/break-glass", BreakGlass, register::break_glass),
        get("/register/reviews", ReviewReadings, register::list),
        get("/register/reviews/{reading}", ReviewReadings, register::review_page),
        post("/register/reviews/{reading}", ReviewReadings, register::decide),

        // Programs
        get("/api/indicators", ReadPublic, api::list),
        get("/api/indicators/{code}", ReadPublic, api::show),
        get("/api/indicators/{code}/chart", ReadPublic, api::chart),
        get("/api/observations", ReadPublic, api::observations),
        get("/api/openapi.json", ReadPublic, api::openapi),

        // Browsers, and whoever keeps the machine running
        plain("/assets/{name}", async |_, path, headers| assets::answer(path.trim_start_matches("/assets/"), &headers)),
        plain("/town.css", async |app, _, _| layout::town_style(&app).await),
        plain("/health/live", async |_, _, _| edge::live()),
        near("/metrics", async |app| edge::metrics(&app).await),
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
