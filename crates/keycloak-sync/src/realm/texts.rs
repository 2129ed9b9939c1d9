//! Message texts of a realm, language by language. Each key that stands in a spec is owned by itself: what somebody else sets in
//! the admin console stays.

mod refusal;

use std::collections::BTreeMap;

use keycloak_admin::types::RealmRepresentation;
use keycloak_crds::policy::StringMap;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::kinds::MESSAGE_TEXTS;
use keycloak_plan::{Action, Desired, Live, LiveState, Step};
use serde_json::{Map, Value, json};

pub use refusal::TextRefusal;
use refusal::refused_in;

use super::parts::{Look, Needed, Wanted};
use crate::error::{SyncError, Verb};
use crate::execute::{Target, deleted, no_call};
use crate::fields::{FieldRefusal, text_map};

/// How many bytes all keys and texts of a realm may have: the themes' own texts of some eight languages. More do not belong into an
/// object that is read and compared as a whole.
const MOST: usize = 512 * 1024;

/// Texts as Keycloak has them.
type Texts = BTreeMap<String, Option<String>>;

/// The texts of a spec by language.
fn declared(spec: &KeycloakRealmSpec) -> impl Iterator<Item = (&String, &StringMap)> {
    let localization = spec.localization.iter();
    let languages = localization.filter_map(|localization| localization.texts.as_ref()).flatten();
    languages.filter(|(_, texts)| !texts.is_empty())
}

/// What a spec wants of message texts.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    refused.extend(refused_in(spec).into_iter().map(FieldRefusal::Text));
    for (locale, texts) in declared(spec) {
        let texts = [("texts".to_owned(), Value::Object(text_map(texts)))];
        wanted.objects.push(Desired::new(&MESSAGE_TEXTS, locale, texts.into_iter().collect()));
    }
}

/// Adds the texts of each language that is asked for or known, as the export shows them.
pub(crate) fn observe(look: &Look<'_>, live: LiveState) -> LiveState {
    let texts = look.whole.and_then(|whole| whole.localization_texts.as_ref());
    there(look.needed, live, |locale| texts.and_then(|texts| texts.get(locale)).and_then(Option::as_ref))
}

/// What a realm that is to be made will have of texts: none.
pub(crate) fn of_no_realm(needed: Needed<'_>, live: LiveState) -> LiveState {
    there(needed, live, |_| None)
}

/// Every language is there, be it without a text.
fn there<'t>(needed: Needed<'_>, live: LiveState, texts_of: impl Fn(&str) -> Option<&'t Texts>) -> LiveState {
    needed.of_kind(&MESSAGE_TEXTS).fold(live, |live, language| {
        let texts = texts_of(language.name()).into_iter().flat_map(texts);
        let texts: Map<String, Value> = texts.map(|(key, text)| (key, Value::from(text))).collect();
        live.present(language.clone(), Live::new(json!({ "locale": language.name(), "texts": texts })))
    })
}

/// The texts that there are.
fn texts(all: &Texts) -> impl Iterator<Item = (String, String)> {
    all.iter().filter_map(|(key, text)| Some((key.clone(), text.clone()?)))
}

/// What a step changes: texts that are set, and keys whose texts go.
fn changed(step: &Step) -> (Texts, Vec<String>) {
    let body = step.body().and_then(|body| body.expose().get("texts")?.as_object());
    let (mut set, mut gone) = (Texts::new(), Vec::new());
    for (key, text) in body.into_iter().flatten() {
        match text.as_str() {
            Some(text) => {
                set.insert(key.clone(), Some(text.to_owned()));
            }
            None => gone.push(key.clone()),
        }
    }
    (set, gone)
}

/// Takes a step into the POST of a realm: texts that are set.
pub(crate) fn carried(step: &Step, realm: &mut RealmRepresentation) -> bool {
    if *step.kind() != MESSAGE_TEXTS || step.action != Action::Update {
        return false;
    }
    let (set, _) = changed(step);
    realm.localization_texts.get_or_insert_default().insert(step.object.name().to_owned(), Some(set));
    true
}

/// One step on the texts of a language: one call for all that are set, and one for each that goes.
pub(crate) async fn write(step: &Step, target: &Target<'_>) -> Result<Option<String>, SyncError> {
    match step.action {
        Action::Update => {}
        Action::Create | Action::Delete | Action::Link | Action::Unlink => return Err(no_call(step)),
    }
    let failed = || SyncError::call(Verb::Update, &step.object);
    let (api, realm, locale) = (target.api, target.realm, step.object.name());
    let (set, gone) = changed(step);
    if !set.is_empty() {
        api.localization_texts_add(realm, locale, &set).await.map_err(failed())?;
    }
    for key in gone {
        deleted(api.localization_text_delete(realm, locale, &key).await).map_err(failed())?;
    }
    Ok(None)
}

/// Puts the texts of a realm into its spec, unless they are more than a spec may hold. Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let mut exported: BTreeMap<String, StringMap> = BTreeMap::new();
    for (locale, all) in live.localization_texts.iter().flatten() {
        let texts: StringMap = all.iter().flat_map(texts).collect();
        if !texts.is_empty() {
            exported.insert(locale.clone(), texts);
        }
    }
    if exported.is_empty() {
        return &["spec.localization.texts"];
    }
    let before = spec.localization.clone();
    spec.localization.get_or_insert_default().texts = Some(exported);
    if refused_in(spec).is_empty() {
        return &["spec.localization.texts"];
    }
    spec.localization = before;
    &[]
}

/// Adds what an export needs to settings that were read.
pub(crate) fn take(live: &mut RealmRepresentation, whole: &mut RealmRepresentation) {
    live.localization_texts = whole.localization_texts.take();
}

#[cfg(test)]
mod tests;
