//! Required actions of a realm. Those that Keycloak makes with each realm are changed and never made or deleted; others, whose
//! providers the server has, are registered.

mod built_in;
mod export;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::types::{
    RealmRepresentation, RequiredActionConfigRepresentation, RequiredActionProviderRepresentation,
};
use keycloak_crds::realm::{KeycloakRealmSpec, RequiredAction};
use keycloak_plan::kinds::REQUIRED_ACTION;
use keycloak_plan::{Action, Desired, Identity, Live, LiveState, Step};
use serde_json::{Map, Value};

pub(crate) use export::{export, lacks};
use refusal::refused_in;
pub use refusal::{ActionRefusal, MissingRequiredAction};

use super::parts::{Look, Wanted};
use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, deleted, no_call};
use crate::fields::{FieldRefusal, Fields, text_map};
use crate::observed::json;

/// The field that has a call of its own.
const CONFIG: &str = "config";

fn identity(alias: &str) -> Identity {
    Identity::new(&REQUIRED_ACTION, alias)
}

/// What a spec wants of required actions.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    refused.extend(refused_in(spec).into_iter().map(FieldRefusal::Action));
    let mut aliases = BTreeSet::new();
    let actions = spec.required_actions.iter().flatten();
    for action in actions.filter(|action| aliases.insert(action.alias.as_str())) {
        if built_in::is(&action.alias) {
            wanted.built_in.insert(identity(&action.alias));
        }
        wanted.objects.push(Desired::new(&REQUIRED_ACTION, &action.alias, representation(action)));
    }
}

fn representation(action: &RequiredAction) -> Map<String, Value> {
    let RequiredAction { alias: _, name, provider_id, enabled, default_action, priority, config } = action;
    let mut fields = Fields::default();
    fields
        .set("providerId", provider_id.clone())
        .set("name", name.clone())
        .set("enabled", *enabled)
        .set("defaultAction", *default_action)
        .set("priority", *priority)
        .set("config", config.as_ref().map(text_map));
    fields.into_map()
}

/// Adds the required actions of the realm, as the export shows them.
pub(crate) fn observe(look: &Look<'_>, mut live: LiveState) -> LiveState {
    let Some(whole) = look.whole.filter(|_| look.needed.declares(&REQUIRED_ACTION)) else { return live };
    for action in whole.required_actions.iter().flatten() {
        let Some(alias) = action.alias.as_deref() else { continue };
        let mut found = Live::new(json(action));
        if built_in::is(alias) {
            found = found.built_in();
        }
        live = live.present(identity(alias), found);
    }
    live
}

/// An action that only Keycloak makes and that is not there, as a sentence without its end.
pub(crate) fn missing(object: &Identity) -> Option<String> {
    let alias = object.name();
    (object.kind() == REQUIRED_ACTION.name).then(|| {
        format!(
            "spec.requiredActions[{alias}]: this realm does not have this action of Keycloak's own, because somebody took it \
             out, or because the server's version or features do not have it; register it in the admin console, or take it \
             out of the list"
        )
    })
}

/// One step on a required action. What is gone already is deleted.
pub(crate) async fn write(step: &Step, target: &Target<'_>) -> Result<Option<String>, SyncError> {
    let (api, realm, alias) = (target.api, target.realm, step.object.name());
    match step.action {
        Action::Create => create(step, target).await?,
        Action::Update => {
            let (action, _) = body::<RequiredActionProviderRepresentation>(step)?;
            let changed: Vec<&str> = step.changes.iter().map(|change| change.path.top()).collect();
            if changed.contains(&CONFIG) {
                configure(step, &action, target).await?;
            }
            if changed.iter().any(|field| *field != CONFIG) {
                update(step, &action, target).await?;
            }
        }
        Action::Delete => deleted(api.required_action_delete(realm, alias).await)
            .map_err(SyncError::call(Verb::Delete, &step.object))?,
        Action::Link | Action::Unlink => return Err(no_call(step)),
    }
    Ok(None)
}

async fn update(
    step: &Step,
    action: &RequiredActionProviderRepresentation,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let alias = step.object.name();
    // An update without an alias would leave the action without one.
    let whole = RequiredActionProviderRepresentation { alias: Some(alias.to_owned()), ..action.clone() };
    let done = target.api.required_action_update(target.realm, alias, &whole).await;
    done.map_err(SyncError::call(Verb::Update, &step.object))
}

/// Writes the config by the call that refuses what the provider does not take.
async fn configure(
    step: &Step,
    action: &RequiredActionProviderRepresentation,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let config = Some(action.config.clone().unwrap_or_default());
    let config =
        RequiredActionConfigRepresentation { config, ..RequiredActionConfigRepresentation::default() };
    let done = target.api.required_action_config_update(target.realm, step.object.name(), &config).await;
    done.map_err(SyncError::call(Verb::Update, &step.object))
}

/// Registers an action, and gives it what a registration does not carry. What fails after the registration failed to update: the
/// action is there, and ours.
async fn create(step: &Step, target: &Target<'_>) -> Result<(), SyncError> {
    let failed = || SyncError::call(Verb::Create, &step.object);
    let (api, realm, alias) = (target.api, target.realm, step.object.name());
    let (asked, _) = body::<RequiredActionProviderRepresentation>(step)?;
    let provider = asked.provider_id.clone().unwrap_or_else(|| alias.to_owned());
    if provider != alias {
        let alias = alias.to_owned();
        return Err(none(step, MissingRequiredAction::OtherAlias { alias, provider }));
    }
    let free = api.required_action_unregistered(realm).await.map_err(failed())?;
    let is_it = |free: &&BTreeMap<String, Option<String>>| told(free, "providerId") == Some(alias);
    let Some(found) = free.iter().find(is_it) else {
        let registered = api.required_action_list(realm).await.map_err(failed())?;
        let registered = registered.into_iter().filter_map(|action| action.alias);
        let free = free.iter().filter_map(|free| told(free, "providerId").map(str::to_owned));
        let known: BTreeSet<String> = registered.chain(free).collect();
        let (alias, known) = (alias.to_owned(), known.into_iter().collect());
        return Err(none(step, MissingRequiredAction::NoProvider { alias, known }));
    };
    let name = asked.name.as_deref().or_else(|| told(found, "name")).unwrap_or(alias);
    let registration = [("providerId", alias), ("name", name)];
    let registration = registration.map(|(field, value)| (field.to_owned(), Some(value.to_owned())));
    api.required_action_register(realm, &registration.into()).await.map_err(failed())?;
    let is_configured = asked.config.as_ref().is_some_and(|config| !config.is_empty());
    if is_configured {
        configure(step, &asked, target).await?;
    }
    let is_otherwise =
        asked.enabled == Some(false) || asked.default_action == Some(true) || asked.priority.is_some();
    if is_otherwise {
        let made = api.required_action_get(realm, alias).await;
        let made = made.map_err(SyncError::call(Verb::Update, &step.object))?;
        let whole = RequiredActionProviderRepresentation {
            enabled: asked.enabled.or(made.enabled),
            default_action: asked.default_action.or(made.default_action),
            priority: asked.priority.or(made.priority),
            ..made
        };
        update(step, &whole, target).await?;
    }
    Ok(())
}

fn told<'a>(provider: &'a BTreeMap<String, Option<String>>, field: &str) -> Option<&'a str> {
    provider.get(field)?.as_deref()
}

fn none(step: &Step, missing: MissingRequiredAction) -> SyncError {
    let (verb, object) = (step.action.into(), step.object.clone());
    SyncError::NoRequiredAction { verb, object, missing: Box::new(missing) }
}

/// Adds what an export needs to settings that were read.
pub(crate) fn take(live: &mut RealmRepresentation, whole: &mut RealmRepresentation) {
    live.required_actions = whole.required_actions.take();
}

#[cfg(test)]
mod tests;
