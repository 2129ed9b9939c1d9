//! What the servers really do with our calls.
#![allow(
    clippy::wildcard_imports,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test program"
)]

mod additions;
mod lives;
mod paths;
#[path = "../real/mod.rs"]
mod real;
mod refusals;
mod representations;

use keycloak_admin::types::*;

use additions::{
    an_identity_provider_is_linked_to_an_organization_by_its_alias, calls_that_the_document_lacks_exist,
};
use lives::{authorization_policies_live_and_die, every_kind_of_object_is_created_changed_and_deleted};
use paths::{
    a_role_whose_name_no_url_carries_is_reached_by_its_id,
    names_with_reserved_characters_are_created_read_changed_and_deleted,
};
use refusals::{
    a_token_of_a_deleted_realm_is_refused_and_the_login_says_why, refusals_are_spelled_as_expected,
    refused_logins_are_told_apart,
};
use representations::{
    a_long_list_is_read_in_pages, absent_fields_of_a_realm_stay_and_its_attributes_are_replaced,
    lists_and_attributes_of_a_client_are_cleared, representations_are_the_same_after_reading_and_writing,
    what_a_realm_holds_is_the_same_after_reading_and_writing,
};

on_both!(
    names_with_reserved_characters_are_created_read_changed_and_deleted,
    a_role_whose_name_no_url_carries_is_reached_by_its_id,
    lists_and_attributes_of_a_client_are_cleared,
    absent_fields_of_a_realm_stay_and_its_attributes_are_replaced,
    a_long_list_is_read_in_pages,
    refusals_are_spelled_as_expected,
    refused_logins_are_told_apart,
    representations_are_the_same_after_reading_and_writing,
    what_a_realm_holds_is_the_same_after_reading_and_writing,
    every_kind_of_object_is_created_changed_and_deleted,
    authorization_policies_live_and_die,
    calls_that_the_document_lacks_exist,
    an_identity_provider_is_linked_to_an_organization_by_its_alias,
    a_token_of_a_deleted_realm_is_refused_and_the_login_says_why,
);

fn client(client_id: &str) -> ClientRepresentation {
    ClientRepresentation { client_id: Some(client_id.into()), ..Default::default() }
}

fn role(name: &str) -> RoleRepresentation {
    RoleRepresentation { name: Some(name.into()), ..Default::default() }
}
