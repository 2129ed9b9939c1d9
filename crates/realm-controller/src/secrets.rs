//! The Secrets that a realm names, and the key by which their values are remembered.

use keycloak_connect::{ConnectError, Realm, RecordKeys, Secrets};
use keycloak_sync::realm;

/// The field that names the mail server's password.
const MAIL: &str = "spec.smtpServer.passwordSecret";

/// Reads the Secrets that realms name, each from the realm's own namespace, with consent (rule 5.7).
pub(crate) struct NamedSecrets {
    secrets: Secrets,
    key: RecordKeys,
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
    /// `home`: the namespace of the controllers.
    pub(crate) fn new(secrets: Secrets, home: &str) -> Self {
        Self { key: RecordKeys::new(secrets.clone(), home), secrets }
    }

    /// Where the key is, for what else is made with it.
    pub(crate) fn keys(&self) -> &RecordKeys {
        &self.key
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
        let key = self.key.get().await?;
        let key = keycloak_plan::RecordKey::new(key.id(), key.expose());
        Ok(Resolved { secrets: realm::Secrets { smtp_password }, key: Some(key) })
    }

    async fn value(
        &self,
        realm: &Realm,
        name: &str,
        key: &str,
    ) -> Result<keycloak_admin::Secret, ConnectError> {
        let leave = self.secrets.leave(realm.owner()).await?;
        let (value, _) = self.secrets.value(&leave, &leave.expects(name, key, MAIL)).await?;
        value.text().ok_or_else(|| ConnectError::SecretValueUnusable {
            namespace: realm.owner().namespace.clone(),
            name: name.to_owned(),
            key: key.to_owned(),
            field: MAIL.to_owned(),
            why: "is not text in UTF-8; write the password into it",
        })
    }
}
