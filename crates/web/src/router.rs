//! Every address of het, from top to bottom: how it is asked, who may, and what answers. What is not here is not there.

use axum::Router;
use town::Permission::{
    Administer, BreakGlass, EditActions, EditIndicators, EditProgramme, EditRegister, EditSubgroup, Import,
    ManageActions, OwnAccount, PublishReport, ReadAudit, ReadProgramme, ReadPublic, ReadRegister, ReadShared,
    RegisterRights, ReviewReadings, SearchRegister, SignIn, UseRegister,
};
use town::indicators::{IndicatorForm, TargetsForm};
use town::partnership::{
    ActionForm, MemberForm, OrganisationForm, RecommendationForm, SharingForm, SubgroupForm,
};

use crate::app::App;
use crate::partnership::{actions, gaps, guest, members, organisations, recommendations, subgroups};
use crate::route::{Route, get, near, not_that_way, nothing_here, plain, post, upload};
use crate::{accounts, api, assets, audit, board, edge, editing, indicators, layout, register, reports};

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
        post("/sign-in/passkey", SignIn, accounts::give_passkey),
        get("/sign-in/with/{provider}", SignIn, accounts::to_provider),
        get("/sign-in/with/{provider}/return", SignIn, accounts::from_provider),
        post("/sign-out", SignIn, accounts::sign_out),
        get("/invitation/{token}", SignIn, accounts::invitation_page),
        post("/invitation/{token}", SignIn, accounts::choose_password),

        // Whoever is signed in
        get("/account", OwnAccount, accounts::own_account),
        get("/account/confirm", OwnAccount, accounts::confirm_page),
        post("/account/confirm", OwnAccount, accounts::confirm),
        post("/account/password", OwnAccount, accounts::change_password),
        post("/account/sessions/end", OwnAccount, accounts::end_session),
        post("/account/sessions/end-others", OwnAccount, accounts::end_other_sessions),
        get("/account/second-factor", OwnAccount, accounts::second_factor_page),
        post("/account/second-factor", OwnAccount, accounts::second_factor_on),
        get("/account/second-factor/off", OwnAccount, accounts::second_factor_off_page),
        post("/account/second-factor/off", OwnAccount, accounts::second_factor_off),
        get("/account/passkeys/new", OwnAccount, accounts::new_passkey),
        post("/account/passkeys/new", OwnAccount, accounts::add_passkey),
        get("/account/passkeys/{passkey}/remove", OwnAccount, accounts::remove_passkey_page),
        post("/account/passkeys/{passkey}/remove", OwnAccount, accounts::remove_passkey),

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

        // Guests of an organisation
        get("/shared", ReadShared, guest::list),
        get("/shared/{code}", ReadShared, guest::show),

        // The partnership writes
        get("/subgroups/new", EditProgramme, editing::new::<SubgroupForm>),
        post("/subgroups/new", EditProgramme, editing::create::<SubgroupForm>),
        get("/subgroups/{code}/edit", EditSubgroup, editing::edit::<SubgroupForm>),
        post("/subgroups/{code}/edit", EditSubgroup, editing::save::<SubgroupForm>),
        get("/recommendations/new", EditSubgroup, editing::new::<RecommendationForm>),
        post("/recommendations/new", EditSubgroup, editing::create::<RecommendationForm>),
        get("/recommendations/{number}/edit", EditSubgroup, editing::edit::<RecommendationForm>),
        post("/recommendations/{number}/edit", EditSubgroup, editing::save::<RecommendationForm>),
        get("/actions/new", ManageActions, editing::new::<ActionForm>),
        post("/actions/new", ManageActions, editing::create::<ActionForm>),
        get("/actions/{code}/edit", EditActions, editing::edit::<ActionForm>),
        post("/actions/{code}/edit", EditActions, editing::save::<ActionForm>),
        get("/actions/{code}/sharing", ManageActions, editing::edit::<SharingForm>),
        post("/actions/{code}/sharing", ManageActions, editing::save::<SharingForm>),
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
        get("/indicators/new", EditIndicators, editing::new::<IndicatorForm>),
        post("/indicators/new", EditIndicators, editing::create::<IndicatorForm>),
        get("/indicators/{code}/edit", EditIndicators, editing::edit::<IndicatorForm>),
        post("/indicators/{code}/edit", EditIndicators, editing::save::<IndicatorForm>),
        get("/indicators/{code}/targets", EditIndicators, editing::edit::<TargetsForm>),
        post("/indicators/{code}/targets", EditIndicators, editing::save::<TargetsForm>),
        get("/indicators/{code}/figures", EditIndicators, indicators::figure),
        post("/indicators/{code}/figures", EditIndicators, indicators::save_figure),
        get("/indicators/{code}/rebase", EditIndicators, indicators::rebase),
        post("/indicators/{code}/rebase", EditIndicators, indicators::save_rebase),
        get("/indicators/{code}/ghosts", EditIndicators, indicators::ghosts),
        post("/indicators/{code}/ghosts", EditIndicators, indicators::save_ghost),
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

        // Whoever looks after accounts
        get("/accounts", Administer, accounts::users),
        get("/accounts.csv", Administer, accounts::users_csv),
        get("/accounts/new", Administer, accounts::invite_page),
        post("/accounts/new", Administer, accounts::invite),
        get("/accounts/{number}", Administer, accounts::user),
        post("/accounts/{number}/role", Administer, accounts::change_role),
        post("/accounts/{number}/place", Administer, accounts::place_user),
        post("/accounts/{number}/reset", Administer, accounts::reset_user),
        post("/accounts/{number}/shut", Administer, accounts::shut_user),
        post("/accounts/{number}/open", Administer, accounts::open_user),
        get("/machines", Administer, accounts::machines),
        get("/machines/new", Administer, accounts::machine_page),
        post("/machines/new", Administer, accounts::add_machine),
        post("/machines/revoke", Administer, accounts::revoke_machine),
        get("/audit", ReadAudit, audit::list),
        get("/audit.csv", ReadAudit, audit::csv),

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
