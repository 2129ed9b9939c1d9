//! The Secrets that a realm names, and the key by which their values are remembered.

use keycloak_connect::{
    ConnectError, Consent, OwnerKind, Realm, RecordKey,
    consent::Policies,
    secret::{self, Expectation},
};
use keycloak_sync::realm;
use tokio::sync::OnceCell;

/// The field that names the mail server's password.
const MAIL: &str = "spec.smtpServer.passwordSecret";

/// Reads the Secrets that realms name, each from the realm's own namespace, with consent (rule 5.7).
pub(crate) struct NamedSecrets {
    kube: kube::Client,
    /// Namespace of the controllers.
    home: String,
    consent: Consent,
    policies: Policies,
    key: OnceCell<keycloak_plan::RecordKey>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The values.
    pub secrets: realm::Secrets,
    /// The key of their hashes, where one is needed.
    pub key: Option<keycloak_plan::RecordKey>,
}

impl NamedSecrets {
    pub(crate) fn new(kube: kube::Client, consent: Consent, policies: Policies) -> Self {
        let home = kube.default_namespace().to_owned();
        Self { policies, kube, home, consent, key: OnceCell::new() }
    }

    /// Everything that the plan of this realm needs: nothing where its spec asks for no secret.
    ///
    /// # Errors
    /// Which Secret, key or consent is missing.
    pub(crate) async fn of(&self, realm: &Realm) -> Result<Resolved, ConnectError> {
        let spec = &realm.object().spec;
        if !realm::Secrets::are_asked_for(spec) {
            return Ok(Resolved::default());
        }
        let named = spec.smtp_server.as_ref().and_then(|smtp| smtp.password_secret.as_ref());
        let smtp_password = match named {
            Some(named) => Some(self.value(realm, &named.name, &named.key).await?),
            None => None,
        };
        let key = self.key.get_or_try_init(|| self.record_key()).await?.clone();
        Ok(Resolved { secrets: realm::Secrets { smtp_password }, key: Some(key) })
    }

    async fn value(
        &self,
        realm: &Realm,
        name: &str,
        key: &str,
    ) -> Result<keycloak_admin::Secret, ConnectError> {
        let owner = realm.owner();
        // Without the policies nobody has asked whether the author may read what the object names.
        if self.consent == Consent::Admission {
            self.policies.stand_for(OwnerKind::KeycloakRealm).await?;
        }
        let expected = Expectation { namespace: &owner.namespace, name, key, field: MAIL };
        let (value, _) = secret::read(&self.kube, &expected, owner, self.consent).await?;
        value.text().ok_or_else(|| ConnectError::SecretValueUnusable {
            namespace: owner.namespace.clone(),
            name: name.to_owned(),
            key: key.to_owned(),
            field: MAIL.to_owned(),
            why: "is not text in UTF-8; write the password into it",
        })
    }

    async fn record_key(&self) -> Result<keycloak_plan::RecordKey, ConnectError> {
        let key = RecordKey::read_or_create(&self.kube, &self.home).await?;
        Ok(keycloak_plan::RecordKey::new(key.id(), key.expose()))
    }
}
