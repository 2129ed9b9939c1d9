//! Rules for passwords, one-time codes and security keys, both ways.

use std::collections::BTreeMap;

use keycloak_crds::realm::passwords::{OtpAlgorithm, OtpType};
use keycloak_crds::realm::{OtpPolicy, PasswordPolicy, WebAuthnPolicy};
use serde_json::Value;

use crate::export::at_least;
use crate::fields::{FieldRefusal, Fields};

/// Keycloak keeps all rules for passwords in one text, with this between them.
const BETWEEN: &str = " and ";

/// How the fields of the policy for security keys as a second factor begin.
pub(super) const TWO_FACTOR: &str = "webAuthnPolicy";
/// The same for passkeys.
pub(super) const PASSWORDLESS: &str = "webAuthnPolicyPasswordless";

/// Rules that the CR has a field for, by Keycloak's name, which is the field's too.
const NUMBERS: [&str; 9] = [
    "length",
    "upperCase",
    "lowerCase",
    "digits",
    "specialChars",
    "hashIterations",
    "passwordHistory",
    "forceExpiredPasswordChange",
    "maxLength",
];
const SWITCHES: [&str; 2] = ["notUsername", "notEmail"];
const PATTERN: &str = "regexPattern";

/// The rules for passwords as Keycloak's text; empty for none.
pub(super) fn password_text(policy: &PasswordPolicy) -> String {
    let numbers = numbers(policy).into_iter().filter_map(|(name, value)| Some(format!("{name}({})", value?)));
    let switches = switches(policy).into_iter().filter(|(_, on)| *on == Some(true));
    let pattern = policy.regex_pattern.iter().map(|pattern| format!("{PATTERN}({pattern})"));
    let further = policy.further_rules.iter().flatten().map(|(name, value)| match value.as_str() {
        "" => name.clone(),
        value => format!("{name}({value})"),
    });
    let rules = numbers.chain(switches.map(|(name, _)| name.to_owned())).chain(pattern).chain(further);
    rules.collect::<Vec<_>>().join(BETWEEN)
}

fn numbers(policy: &PasswordPolicy) -> [(&'static str, Option<i32>); 9] {
    let values = [
        policy.length,
        policy.upper_case,
        policy.lower_case,
        policy.digits,
        policy.special_chars,
        policy.hash_iterations,
        policy.password_history,
        policy.force_expired_password_change,
        policy.max_length,
    ];
    let mut pairs = NUMBERS.map(|name| (name, None));
    for (pair, value) in pairs.iter_mut().zip(values) {
        pair.1 = value;
    }
    pairs
}

fn switches(policy: &PasswordPolicy) -> [(&'static str, Option<bool>); 2] {
    let [username, email] = SWITCHES;
    [(username, policy.not_username), (email, policy.not_email)]
}

/// Rules that stand in a field of their own and among the further ones.
pub(super) fn said_twice(policy: &PasswordPolicy) -> Vec<FieldRefusal> {
    let Some(further) = &policy.further_rules else { return Vec::new() };
    let numbers = numbers(policy).into_iter().filter(|(_, value)| value.is_some()).map(|(name, _)| name);
    let switches = switches(policy).into_iter().filter(|(_, on)| on.is_some()).map(|(name, _)| name);
    let pattern = policy.regex_pattern.iter().map(|_| PATTERN);
    let twice = numbers.chain(switches).chain(pattern).filter(|name| further.contains_key(*name));
    twice.map(FieldRefusal::RuleTwice).collect()
}

/// Keycloak's text as rules for passwords; nothing for a realm without rules. A rule that no field can say in the same
/// words stands among the further ones.
pub(super) fn password(text: Option<&str>) -> Option<PasswordPolicy> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    let mut policy = PasswordPolicy::default();
    let mut further = BTreeMap::new();
    for rule in text.split(BETWEEN).map(str::trim).filter(|rule| !rule.is_empty()) {
        let (name, value) = match rule.split_once('(') {
            Some((name, value)) => (name.trim(), value.strip_suffix(')').unwrap_or(value)),
            None => (rule, ""),
        };
        // The console's word for a rule that takes no value.
        let value = if value == "undefined" { "" } else { value };
        if !set_rule(&mut policy, name, value) {
            further.insert(name.to_owned(), value.to_owned());
        }
    }
    policy.further_rules = (!further.is_empty()).then_some(further);
    Some(policy)
}

/// Sets the field of a rule; `false` if there is none that says exactly this.
fn set_rule(policy: &mut PasswordPolicy, name: &str, value: &str) -> bool {
    let whole = value.parse::<i32>().ok().filter(|number| *number >= 0 && number.to_string() == value);
    let positive = whole.filter(|number| *number >= 1);
    let (field, number) = match name {
        "length" => (&mut policy.length, positive),
        "upperCase" => (&mut policy.upper_case, whole),
        "lowerCase" => (&mut policy.lower_case, whole),
        "digits" => (&mut policy.digits, whole),
        "specialChars" => (&mut policy.special_chars, whole),
        "hashIterations" => (&mut policy.hash_iterations, positive),
        "passwordHistory" => (&mut policy.password_history, whole),
        "forceExpiredPasswordChange" => (&mut policy.force_expired_password_change, whole),
        "maxLength" => (&mut policy.max_length, positive),
        "notUsername" | "notEmail" if value.is_empty() => {
            let field = if name == "notUsername" { &mut policy.not_username } else { &mut policy.not_email };
            *field = Some(true);
            return true;
        }
        PATTERN if !value.is_empty() => {
            policy.regex_pattern = Some(value.to_owned());
            return true;
        }
        _ => return false,
    };
    *field = number;
    number.is_some()
}

/// The fields of the policy for one-time codes.
pub(super) fn set_otp(fields: &mut Fields, policy: &OtpPolicy) {
    let OtpPolicy {
        type_,
        algorithm,
        initial_counter,
        digits,
        look_ahead_window,
        period,
        code_reusable,
        // Refused: Keycloak works it out.
        supported_applications: _,
    } = policy;
    fields
        .set("otpPolicyType", type_.map(OtpType::as_str))
        .set("otpPolicyAlgorithm", algorithm.map(OtpAlgorithm::as_str))
        .set("otpPolicyInitialCounter", *initial_counter)
        .set("otpPolicyDigits", *digits)
        .set("otpPolicyLookAheadWindow", *look_ahead_window)
        .set("otpPolicyPeriod", *period)
        .set("otpPolicyCodeReusable", *code_reusable);
}

/// The policy for one-time codes of a live realm.
pub(super) fn otp(live: &Value) -> OtpPolicy {
    let number =
        |field: &str| live.get(field).and_then(Value::as_i64).and_then(|value| value.try_into().ok());
    let text = |field: &str| live.get(field).and_then(Value::as_str);
    OtpPolicy {
        type_: text("otpPolicyType")
            .and_then(|word| [OtpType::Totp, OtpType::Hotp].into_iter().find(|known| known.as_str() == word)),
        algorithm: text("otpPolicyAlgorithm").and_then(|word| {
            let known = [OtpAlgorithm::HmacSHA1, OtpAlgorithm::HmacSHA256, OtpAlgorithm::HmacSHA512];
            known.into_iter().find(|known| known.as_str() == word)
        }),
        initial_counter: at_least(0, number("otpPolicyInitialCounter")),
        digits: number("otpPolicyDigits").filter(|digits| [6, 8].contains(digits)),
        look_ahead_window: at_least(0, number("otpPolicyLookAheadWindow")),
        period: at_least(1, number("otpPolicyPeriod")),
        code_reusable: live.get("otpPolicyCodeReusable").and_then(Value::as_bool),
        supported_applications: None,
    }
}

/// The fields of one of the two policies for security keys.
pub(super) fn set_web_authn(fields: &mut Fields, policy: &WebAuthnPolicy, prefix: &str) {
    let WebAuthnPolicy {
        rp_entity_name,
        signature_algorithms,
        rp_id,
        attestation_conveyance_preference,
        authenticator_attachment,
        require_resident_key,
        resident_key,
        user_verification_requirement,
        create_timeout,
        avoid_same_authenticator_register,
        acceptable_aaguids,
        extra_origins,
        passkeys_enabled,
        mediation,
    } = policy;
    let name = |field: &str| format!("{prefix}{field}");
    fields
        .set(&name("RpEntityName"), rp_entity_name.clone())
        .set(&name("SignatureAlgorithms"), signature_algorithms.clone())
        .set(&name("RpId"), rp_id.clone())
        .set(&name("AttestationConveyancePreference"), attestation_conveyance_preference.clone())
        .set(&name("AuthenticatorAttachment"), authenticator_attachment.clone())
        .set(&name("RequireResidentKey"), require_resident_key.clone())
        .set(&name("ResidentKey"), resident_key.clone())
        .set(&name("UserVerificationRequirement"), user_verification_requirement.clone())
        .set(&name("CreateTimeout"), *create_timeout)
        .set(&name("AvoidSameAuthenticatorRegister"), *avoid_same_authenticator_register)
        .set(&name("AcceptableAaguids"), acceptable_aaguids.clone())
        .set(&name("ExtraOrigins"), extra_origins.clone())
        .set(&name("PasskeysEnabled"), *passkeys_enabled)
        .set(&name("Mediation"), mediation.clone());
}

/// One of the two policies for security keys of a live realm.
pub(super) fn web_authn(live: &Value, prefix: &str) -> WebAuthnPolicy {
    let value = |field: &str| live.get(format!("{prefix}{field}"));
    let text =
        |field: &str| value(field).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let list = |field: &str| {
        let texts = value(field)?.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned);
        Some(texts.collect::<Vec<_>>()).filter(|texts| !texts.is_empty())
    };
    let switch = |field: &str| value(field).and_then(Value::as_bool);
    WebAuthnPolicy {
        rp_entity_name: text("RpEntityName"),
        signature_algorithms: list("SignatureAlgorithms"),
        rp_id: text("RpId"),
        attestation_conveyance_preference: text("AttestationConveyancePreference"),
        authenticator_attachment: text("AuthenticatorAttachment"),
        require_resident_key: text("RequireResidentKey"),
        resident_key: text("ResidentKey"),
        user_verification_requirement: text("UserVerificationRequirement"),
        create_timeout: at_least(
            0,
            value("CreateTimeout").and_then(Value::as_i64).and_then(|value| value.try_into().ok()),
        ),
        avoid_same_authenticator_register: switch("AvoidSameAuthenticatorRegister"),
        acceptable_aaguids: list("AcceptableAaguids"),
        extra_origins: list("ExtraOrigins"),
        passkeys_enabled: switch("PasskeysEnabled"),
        mediation: text("Mediation"),
    }
}
