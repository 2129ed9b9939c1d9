// Written by `cargo xtask openapi` from Keycloak 26.7.3 (openapi/). Do not edit.

//! The calls as they go over the wire.

use crate::types;
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
use progenitor_client::{ClientHooks, OperationInfo, RequestBuilderExt};
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::stack::Stack,
}
impl Client {
    pub fn new_with_client(baseurl: &str, client: reqwest::Client, inner: crate::stack::Stack) -> Self {
        Self { baseurl: baseurl.to_string(), client, inner }
    }
}
impl ClientInfo<crate::stack::Stack> for Client {
    fn api_version() -> &'static str {
        "1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::stack::Stack {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::stack::Stack>,
    {
    }
};
#[allow(clippy::all)]
impl Client {
    pub async fn realm_list<'a>(
        &'a self,
        brief_representation: Option<bool>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RealmRepresentation>>, Error<()>> {
        let url = format!("{}/admin/realms", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .build()?;
        let info = OperationInfo { operation_id: "realm_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_create<'a>(
        &'a self,
        body: &'a types::RealmRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!("{}/admin/realms", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "realm_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_get<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<types::RealmRepresentation>, Error<()>> {
        let url = format!("{}/admin/realms/{}", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "realm_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::RealmRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!("{}/admin/realms/{}", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "realm_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_delete<'a>(&'a self, realm: &'a str) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!("{}/admin/realms/{}", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "realm_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn admin_events_list<'a>(
        &'a self,
        realm: &'a str,
        auth_client: Option<&'a str>,
        auth_ip_address: Option<&'a str>,
        auth_realm: Option<&'a str>,
        auth_user: Option<&'a str>,
        date_from: Option<&'a str>,
        date_to: Option<&'a str>,
        direction: Option<&'a str>,
        first: Option<i32>,
        max: Option<i32>,
        operation_types: Option<&'a ::std::vec::Vec<::std::string::String>>,
        resource_path: Option<&'a str>,
        resource_types: Option<&'a ::std::vec::Vec<::std::string::String>>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::AdminEventRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/admin-events",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("authClient", &auth_client))
            .query(&progenitor_client::QueryParam::new("authIpAddress", &auth_ip_address))
            .query(&progenitor_client::QueryParam::new("authRealm", &auth_realm))
            .query(&progenitor_client::QueryParam::new("authUser", &auth_user))
            .query(&progenitor_client::QueryParam::new("dateFrom", &date_from))
            .query(&progenitor_client::QueryParam::new("dateTo", &date_to))
            .query(&progenitor_client::QueryParam::new("direction", &direction))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("operationTypes", &operation_types))
            .query(&progenitor_client::QueryParam::new("resourcePath", &resource_path))
            .query(&progenitor_client::QueryParam::new("resourceTypes", &resource_types))
            .build()?;
        let info = OperationInfo { operation_id: "admin_events_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn admin_events_clear<'a>(&'a self, realm: &'a str) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/admin-events",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "admin_events_clear" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authenticator_config_get<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<types::AuthenticatorConfigRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/config/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authenticator_config_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authenticator_config_update<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        body: &'a types::AuthenticatorConfigRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/config/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "authenticator_config_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authenticator_config_delete<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/config/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "authenticator_config_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn execution_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::AuthenticationExecutionRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/executions",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "execution_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn execution_get<'a>(
        &'a self,
        realm: &'a str,
        execution_id: &'a str,
    ) -> Result<ResponseValue<types::AuthenticationExecutionRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/executions/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&execution_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "execution_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn execution_delete<'a>(
        &'a self,
        realm: &'a str,
        execution_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/executions/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&execution_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "execution_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn execution_config_create<'a>(
        &'a self,
        realm: &'a str,
        execution_id: &'a str,
        body: &'a types::AuthenticatorConfigRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/executions/{}/config",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&execution_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "execution_config_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn execution_lower_priority<'a>(
        &'a self,
        realm: &'a str,
        execution_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/executions/{}/lower-priority",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&execution_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).build()?;
        let info = OperationInfo { operation_id: "execution_lower_priority" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn execution_raise_priority<'a>(
        &'a self,
        realm: &'a str,
        execution_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/executions/{}/raise-priority",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&execution_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).build()?;
        let info = OperationInfo { operation_id: "execution_raise_priority" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_list<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::AuthenticationFlowRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "flow_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::AuthenticationFlowRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "flow_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_copy<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
        body: &'a ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::string::String>,
        >,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows/{}/copy",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&flow_alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "flow_copy" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_executions<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::AuthenticationExecutionInfoRepresentation>>, Error<()>>
    {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows/{}/executions",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&flow_alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "flow_executions" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_execution_update<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
        body: &'a types::AuthenticationExecutionInfoRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows/{}/executions",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&flow_alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "flow_execution_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_execution_add<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
        body: &'a ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows/{}/executions/execution",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&flow_alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "flow_execution_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_subflow_add<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
        body: &'a ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows/{}/executions/flow",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&flow_alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "flow_subflow_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_get<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<types::AuthenticationFlowRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "flow_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_update<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        body: &'a types::AuthenticationFlowRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "flow_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn flow_delete<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/flows/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "flow_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn required_action_register<'a>(
        &'a self,
        realm: &'a str,
        body: &'a ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::string::String>,
        >,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/register-required-action",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "required_action_register" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn required_action_list<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RequiredActionProviderRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/required-actions",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "required_action_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn required_action_get<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Result<ResponseValue<types::RequiredActionProviderRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/required-actions/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "required_action_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn required_action_update<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        body: &'a types::RequiredActionProviderRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/required-actions/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "required_action_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn required_action_delete<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/required-actions/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "required_action_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn required_action_config_get<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Result<ResponseValue<types::RequiredActionConfigRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/required-actions/{}/config",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "required_action_config_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn required_action_config_update<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        body: &'a types::RequiredActionConfigRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/authentication/required-actions/{}/config",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "required_action_config_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn required_action_unregistered<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<
        ResponseValue<
            ::std::vec::Vec<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::option::Option<::std::string::String>,
                >,
            >,
        >,
        Error<()>,
    > {
        let url = format!(
            "{}/admin/realms/{}/authentication/unregistered-required-actions",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "required_action_unregistered" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn crl_cache_clear<'a>(&'a self, realm: &'a str) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clear-crl-cache",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).build()?;
        let info = OperationInfo { operation_id: "crl_cache_clear" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn keys_cache_clear<'a>(&'a self, realm: &'a str) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clear-keys-cache",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).build()?;
        let info = OperationInfo { operation_id: "keys_cache_clear" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_cache_clear<'a>(&'a self, realm: &'a str) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clear-realm-cache",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).build()?;
        let info = OperationInfo { operation_id: "realm_cache_clear" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_cache_clear<'a>(&'a self, realm: &'a str) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clear-user-cache",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).build()?;
        let info = OperationInfo { operation_id: "user_cache_clear" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_policies_get<'a>(
        &'a self,
        realm: &'a str,
        include_global_policies: Option<bool>,
    ) -> Result<ResponseValue<types::ClientPoliciesRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-policies/policies",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("include-global-policies", &include_global_policies))
            .build()?;
        let info = OperationInfo { operation_id: "client_policies_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_policies_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ClientPoliciesRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-policies/policies",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_policies_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_profiles_get<'a>(
        &'a self,
        realm: &'a str,
        include_global_profiles: Option<bool>,
    ) -> Result<ResponseValue<types::ClientProfilesRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-policies/profiles",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("include-global-profiles", &include_global_profiles))
            .build()?;
        let info = OperationInfo { operation_id: "client_profiles_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_profiles_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ClientProfilesRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-policies/profiles",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_profiles_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_list<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ClientScopeRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "scope_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ClientScopeRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_get<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<types::ClientScopeRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "scope_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_update<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a types::ClientScopeRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_delete<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "scope_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_mappers_add<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a ::std::vec::Vec<types::ProtocolMapperRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/protocol-mappers/add-models",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_mappers_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_mapper_list<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ProtocolMapperRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/protocol-mappers/models",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "scope_mapper_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_mapper_create<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a types::ProtocolMapperRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/protocol-mappers/models",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_mapper_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_mapper_update<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        id: &'a str,
        body: &'a types::ProtocolMapperRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/protocol-mappers/models/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_mapper_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_mapper_delete<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/protocol-mappers/models/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "scope_mapper_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_scope_mappings<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<types::MappingsRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/scope-mappings",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "scope_scope_mappings" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_scope_mappings_client<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        client: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/scope-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
            crate::path::segment(&client.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "scope_scope_mappings_client" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_scope_mappings_client_add<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        client: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/scope-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
            crate::path::segment(&client.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_scope_mappings_client_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_scope_mappings_client_remove<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        client: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/scope-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
            crate::path::segment(&client.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_scope_mappings_client_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_scope_mappings_realm<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/scope-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "scope_scope_mappings_realm" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_scope_mappings_realm_add<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/scope-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_scope_mappings_realm_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn scope_scope_mappings_realm_remove<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/client-scopes/{}/scope-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "scope_scope_mappings_realm_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_session_stats<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<
        ResponseValue<
            ::std::vec::Vec<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::option::Option<::std::string::String>,
                >,
            >,
        >,
        Error<()>,
    > {
        let url = format!(
            "{}/admin/realms/{}/client-session-stats",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_session_stats" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_list<'a>(
        &'a self,
        realm: &'a str,
        client_id: Option<&'a str>,
        first: Option<i32>,
        max: Option<i32>,
        q: Option<&'a str>,
        search: Option<bool>,
        viewable_only: Option<bool>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ClientRepresentation>>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/clients", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("clientId", &client_id))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("q", &q))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .query(&progenitor_client::QueryParam::new("viewableOnly", &viewable_only))
            .build()?;
        let info = OperationInfo { operation_id: "client_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ClientRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/clients", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<types::ClientRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ClientRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "client_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_server_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<types::ResourceServerRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_server_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_server_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ResourceServerRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "authz_server_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_import<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ResourceServerRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/import",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "authz_import" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_permission_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        fields: Option<&'a str>,
        first: Option<i32>,
        max: Option<i32>,
        name: Option<&'a str>,
        owner: Option<&'a str>,
        permission: Option<bool>,
        policy_id: Option<&'a str>,
        resource: Option<&'a str>,
        resource_type: Option<&'a str>,
        scope: Option<&'a str>,
        type_: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::AbstractPolicyRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/permission",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("fields", &fields))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("name", &name))
            .query(&progenitor_client::QueryParam::new("owner", &owner))
            .query(&progenitor_client::QueryParam::new("permission", &permission))
            .query(&progenitor_client::QueryParam::new("policyId", &policy_id))
            .query(&progenitor_client::QueryParam::new("resource", &resource))
            .query(&progenitor_client::QueryParam::new("resourceType", &resource_type))
            .query(&progenitor_client::QueryParam::new("scope", &scope))
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .build()?;
        let info = OperationInfo { operation_id: "authz_permission_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_permission_search<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        fields: Option<&'a str>,
        name: Option<&'a str>,
    ) -> Result<ResponseValue<types::AbstractPolicyRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/permission/search",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("fields", &fields))
            .query(&progenitor_client::QueryParam::new("name", &name))
            .build()?;
        let info = OperationInfo { operation_id: "authz_permission_search" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_permission_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        permission_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/permission/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&permission_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "authz_permission_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_permission_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        permission_type: &'a str,
        body: &'a types::PolicyRepresentation,
    ) -> Result<ResponseValue<types::PolicyRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/permission/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&permission_type.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo { operation_id: "authz_permission_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_permission_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        permission_type: &'a str,
        permission_id: &'a str,
    ) -> Result<ResponseValue<types::PolicyRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/permission/{}/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&permission_type.to_string())?,
            crate::path::segment(&permission_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_permission_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_permission_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        permission_type: &'a str,
        permission_id: &'a str,
        body: &'a types::PolicyRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/permission/{}/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&permission_type.to_string())?,
            crate::path::segment(&permission_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "authz_permission_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        fields: Option<&'a str>,
        first: Option<i32>,
        max: Option<i32>,
        name: Option<&'a str>,
        owner: Option<&'a str>,
        permission: Option<bool>,
        policy_id: Option<&'a str>,
        resource: Option<&'a str>,
        resource_type: Option<&'a str>,
        scope: Option<&'a str>,
        type_: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::AbstractPolicyRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("fields", &fields))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("name", &name))
            .query(&progenitor_client::QueryParam::new("owner", &owner))
            .query(&progenitor_client::QueryParam::new("permission", &permission))
            .query(&progenitor_client::QueryParam::new("policyId", &policy_id))
            .query(&progenitor_client::QueryParam::new("resource", &resource))
            .query(&progenitor_client::QueryParam::new("resourceType", &resource_type))
            .query(&progenitor_client::QueryParam::new("scope", &scope))
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .build()?;
        let info = OperationInfo { operation_id: "authz_policy_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_search<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        fields: Option<&'a str>,
        name: Option<&'a str>,
    ) -> Result<ResponseValue<types::AbstractPolicyRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/search",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("fields", &fields))
            .query(&progenitor_client::QueryParam::new("name", &name))
            .build()?;
        let info = OperationInfo { operation_id: "authz_policy_search" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&policy_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "authz_policy_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_associated<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::PolicyRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/{}/associatedPolicies",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&policy_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_policy_associated" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_dependent<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::PolicyRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/{}/dependentPolicies",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&policy_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_policy_dependent" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_resources<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ResourceRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/{}/resources",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&policy_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_policy_resources" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_scopes<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ScopeRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/{}/scopes",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&policy_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_policy_scopes" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_type: &'a str,
        body: &'a types::PolicyRepresentation,
    ) -> Result<ResponseValue<types::PolicyRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&policy_type.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo { operation_id: "authz_policy_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_type: &'a str,
        policy_id: &'a str,
    ) -> Result<ResponseValue<types::PolicyRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/{}/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&policy_type.to_string())?,
            crate::path::segment(&policy_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_policy_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_policy_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_type: &'a str,
        policy_id: &'a str,
        body: &'a types::PolicyRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/policy/{}/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&policy_type.to_string())?,
            crate::path::segment(&policy_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "authz_policy_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_resource_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        id: Option<&'a str>,
        deep: Option<bool>,
        exact_name: Option<bool>,
        first: Option<i32>,
        matching_uri: Option<bool>,
        max: Option<i32>,
        name: Option<&'a str>,
        owner: Option<&'a str>,
        scope: Option<&'a str>,
        type_: Option<&'a str>,
        uri: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ResourceRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/resource",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("_id", &id))
            .query(&progenitor_client::QueryParam::new("deep", &deep))
            .query(&progenitor_client::QueryParam::new("exactName", &exact_name))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("matchingUri", &matching_uri))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("name", &name))
            .query(&progenitor_client::QueryParam::new("owner", &owner))
            .query(&progenitor_client::QueryParam::new("scope", &scope))
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .query(&progenitor_client::QueryParam::new("uri", &uri))
            .build()?;
        let info = OperationInfo { operation_id: "authz_resource_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_resource_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ResourceRepresentation,
    ) -> Result<ResponseValue<types::ResourceRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/resource",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo { operation_id: "authz_resource_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_resource_search<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        name: Option<&'a str>,
    ) -> Result<ResponseValue<types::ResourceRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/resource/search",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("name", &name))
            .build()?;
        let info = OperationInfo { operation_id: "authz_resource_search" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_resource_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        resource_id: &'a str,
    ) -> Result<ResponseValue<types::ResourceRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/resource/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&resource_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_resource_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_resource_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        resource_id: &'a str,
        body: &'a types::ResourceRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/resource/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&resource_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "authz_resource_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_resource_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        resource_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/resource/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&resource_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "authz_resource_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_scope_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        first: Option<i32>,
        max: Option<i32>,
        name: Option<&'a str>,
        scope_id: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ScopeRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/scope",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("name", &name))
            .query(&progenitor_client::QueryParam::new("scopeId", &scope_id))
            .build()?;
        let info = OperationInfo { operation_id: "authz_scope_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_scope_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ScopeRepresentation,
    ) -> Result<ResponseValue<types::ScopeRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/scope",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo { operation_id: "authz_scope_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_scope_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        scope_id: &'a str,
    ) -> Result<ResponseValue<types::ScopeRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/scope/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_scope_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_scope_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        scope_id: &'a str,
        body: &'a types::ScopeRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/scope/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "authz_scope_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_scope_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/scope/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "authz_scope_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn authz_settings<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<types::ResourceServerRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/authz/resource-server/settings",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "authz_settings" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_certificate_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        attr: &'a str,
    ) -> Result<ResponseValue<types::CertificateRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/certificates/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&attr.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_certificate_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_certificate_generate<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        attr: &'a str,
    ) -> Result<ResponseValue<types::CertificateRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/certificates/{}/generate",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&attr.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_certificate_generate" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_secret_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<types::CredentialRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/client-secret",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_secret_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_secret_regenerate<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<types::CredentialRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/client-secret",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_secret_regenerate" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_secret_rotated_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<types::CredentialRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/client-secret/rotated",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_secret_rotated_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_secret_rotated_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/client-secret/rotated",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "client_secret_rotated_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_default_scopes<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ClientScopeRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/default-client-scopes",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_default_scopes" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_default_scope_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/default-client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).build()?;
        let info = OperationInfo { operation_id: "client_default_scope_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_default_scope_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/default-client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "client_default_scope_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_installation<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        provider_id: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/installation/providers/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&provider_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).build()?;
        let info = OperationInfo { operation_id: "client_installation" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_offline_session_count<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<
        ResponseValue<::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i64>>>,
        Error<()>,
    > {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/offline-session-count",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_offline_session_count" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_optional_scopes<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ClientScopeRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/optional-client-scopes",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_optional_scopes" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_optional_scope_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/optional-client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).build()?;
        let info = OperationInfo { operation_id: "client_optional_scope_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_optional_scope_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/optional-client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "client_optional_scope_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_mappers_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a ::std::vec::Vec<types::ProtocolMapperRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/protocol-mappers/add-models",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_mappers_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_mapper_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ProtocolMapperRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/protocol-mappers/models",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_mapper_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_mapper_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ProtocolMapperRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/protocol-mappers/models",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_mapper_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_mapper_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<types::ProtocolMapperRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/protocol-mappers/models/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_mapper_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_mapper_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        id: &'a str,
        body: &'a types::ProtocolMapperRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/protocol-mappers/models/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_mapper_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_mapper_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/protocol-mappers/models/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "client_mapper_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        brief_representation: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
        search: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .build()?;
        let info = OperationInfo { operation_id: "client_role_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_role_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
    ) -> Result<ResponseValue<types::RoleRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_role_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_role_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "client_role_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_composites<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_role_composites" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_composites_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_role_composites_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_composites_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_role_composites_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_groups<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        brief_representation: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::GroupRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles/{}/groups",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .build()?;
        let info = OperationInfo { operation_id: "client_role_groups" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_role_users<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        brief_representation: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::UserRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/roles/{}/users",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .build()?;
        let info = OperationInfo { operation_id: "client_role_users" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_scope_mappings<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<types::MappingsRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/scope-mappings",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_scope_mappings" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_scope_mappings_client<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/scope-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&client.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_scope_mappings_client" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_scope_mappings_client_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/scope-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&client.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_scope_mappings_client_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_scope_mappings_client_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/scope-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
            crate::path::segment(&client.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_scope_mappings_client_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_scope_mappings_realm<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/scope-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_scope_mappings_realm" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_scope_mappings_realm_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/scope-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_scope_mappings_realm_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_scope_mappings_realm_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/scope-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "client_scope_mappings_realm_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_service_account_user<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<ResponseValue<types::UserRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/service-account-user",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_service_account_user" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn client_session_count<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Result<
        ResponseValue<::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i64>>>,
        Error<()>,
    > {
        let url = format!(
            "{}/admin/realms/{}/clients/{}/session-count",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_uuid.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "client_session_count" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn component_list<'a>(
        &'a self,
        realm: &'a str,
        name: Option<&'a str>,
        parent: Option<&'a str>,
        provider_id: Option<&'a str>,
        type_: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ComponentRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/components",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("name", &name))
            .query(&progenitor_client::QueryParam::new("parent", &parent))
            .query(&progenitor_client::QueryParam::new("providerId", &provider_id))
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .build()?;
        let info = OperationInfo { operation_id: "component_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn component_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ComponentRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/components",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "component_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn component_get<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<types::ComponentRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/components/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "component_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn component_update<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        body: &'a types::ComponentRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/components/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "component_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn component_delete<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/components/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "component_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn component_sub_types<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        type_: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ComponentTypeRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/components/{}/sub-component-types",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .build()?;
        let info = OperationInfo { operation_id: "component_sub_types" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_default_scopes<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ClientScopeRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-default-client-scopes",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "realm_default_scopes" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_default_scope_add<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-default-client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).build()?;
        let info = OperationInfo { operation_id: "realm_default_scope_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_default_scope_remove<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-default-client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "realm_default_scope_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn default_group_list<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::GroupRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-groups",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "default_group_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn default_group_add<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-groups/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).build()?;
        let info = OperationInfo { operation_id: "default_group_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn default_group_remove<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-groups/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "default_group_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_optional_scopes<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ClientScopeRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-optional-client-scopes",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "realm_optional_scopes" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_optional_scope_add<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-optional-client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).build()?;
        let info = OperationInfo { operation_id: "realm_optional_scope_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_optional_scope_remove<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/default-optional-client-scopes/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&client_scope_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "realm_optional_scope_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn events_list<'a>(
        &'a self,
        realm: &'a str,
        client: Option<&'a str>,
        date_from: Option<&'a str>,
        date_to: Option<&'a str>,
        direction: Option<&'a str>,
        first: Option<i32>,
        ip_address: Option<&'a str>,
        max: Option<i32>,
        type_: Option<&'a ::std::vec::Vec<::std::string::String>>,
        user: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::EventRepresentation>>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/events", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("client", &client))
            .query(&progenitor_client::QueryParam::new("dateFrom", &date_from))
            .query(&progenitor_client::QueryParam::new("dateTo", &date_to))
            .query(&progenitor_client::QueryParam::new("direction", &direction))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("ipAddress", &ip_address))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .query(&progenitor_client::QueryParam::new("user", &user))
            .build()?;
        let info = OperationInfo { operation_id: "events_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn events_clear<'a>(&'a self, realm: &'a str) -> Result<ResponseValue<()>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/events", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "events_clear" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn events_config_get<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<types::RealmEventsConfigRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/events/config",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "events_config_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn events_config_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::RealmEventsConfigRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/events/config",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "events_config_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_list<'a>(
        &'a self,
        realm: &'a str,
        brief_representation: Option<bool>,
        exact: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
        populate_hierarchy: Option<bool>,
        q: Option<&'a str>,
        search: Option<&'a str>,
        sub_groups_count: Option<bool>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::GroupRepresentation>>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/groups", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("exact", &exact))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("populateHierarchy", &populate_hierarchy))
            .query(&progenitor_client::QueryParam::new("q", &q))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .query(&progenitor_client::QueryParam::new("subGroupsCount", &sub_groups_count))
            .build()?;
        let info = OperationInfo { operation_id: "group_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::GroupRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/groups", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "group_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_count<'a>(
        &'a self,
        realm: &'a str,
        search: Option<&'a str>,
        top: Option<bool>,
    ) -> Result<
        ResponseValue<::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i64>>>,
        Error<()>,
    > {
        let url = format!(
            "{}/admin/realms/{}/groups/count",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("search", &search))
            .query(&progenitor_client::QueryParam::new("top", &top))
            .build()?;
        let info = OperationInfo { operation_id: "group_count" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_get<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Result<ResponseValue<types::GroupRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "group_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_update<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        body: &'a types::GroupRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "group_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_delete<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "group_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_children<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        brief_representation: Option<bool>,
        exact: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
        search: Option<&'a str>,
        sub_groups_count: Option<bool>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::GroupRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/children",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("exact", &exact))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .query(&progenitor_client::QueryParam::new("subGroupsCount", &sub_groups_count))
            .build()?;
        let info = OperationInfo { operation_id: "group_children" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_child_create<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        body: &'a types::GroupRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/children",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "group_child_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_members<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        brief_representation: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::UserRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/members",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .build()?;
        let info = OperationInfo { operation_id: "group_members" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_role_mappings<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Result<ResponseValue<types::MappingsRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/role-mappings",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "group_role_mappings" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_client_roles<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        client_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/role-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
            crate::path::segment(&client_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "group_client_roles" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_client_roles_add<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        client_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/role-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
            crate::path::segment(&client_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "group_client_roles_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_client_roles_remove<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        client_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/role-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
            crate::path::segment(&client_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "group_client_roles_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_realm_roles<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/role-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "group_realm_roles" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_realm_roles_add<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/role-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "group_realm_roles_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn group_realm_roles_remove<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/groups/{}/role-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "group_realm_roles_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_import_config<'a>(
        &'a self,
        realm: &'a str,
        body: &'a ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    ) -> Result<
        ResponseValue<
            ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
        >,
        Error<()>,
    > {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/import-config",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo { operation_id: "idp_import_config" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_list<'a>(
        &'a self,
        realm: &'a str,
        brief_representation: Option<bool>,
        capability: Option<&'a str>,
        first: Option<i32>,
        max: Option<i32>,
        realm_only: Option<bool>,
        search: Option<&'a str>,
        type_: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::IdentityProviderRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("capability", &capability))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("realmOnly", &realm_only))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .build()?;
        let info = OperationInfo { operation_id: "idp_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::IdentityProviderRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "idp_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_get<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Result<ResponseValue<types::IdentityProviderRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "idp_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_update<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        body: &'a types::IdentityProviderRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "idp_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_delete<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "idp_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_mapper_types<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Result<
        ResponseValue<
            ::std::collections::BTreeMap<
                ::std::string::String,
                types::IdentityProviderMapperTypeRepresentation,
            >,
        >,
        Error<()>,
    > {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}/mapper-types",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "idp_mapper_types" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_mapper_list<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::IdentityProviderMapperRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}/mappers",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "idp_mapper_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_mapper_create<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        body: &'a types::IdentityProviderMapperRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}/mappers",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "idp_mapper_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_mapper_get<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<types::IdentityProviderMapperRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}/mappers/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "idp_mapper_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_mapper_update<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        id: &'a str,
        body: &'a types::IdentityProviderMapperRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}/mappers/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "idp_mapper_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn idp_mapper_delete<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/identity-provider/instances/{}/mappers/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&alias.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "idp_mapper_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_keys<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<types::KeysMetadataRepresentation>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/keys", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "realm_keys" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_ldap_capabilities<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::TestLdapConnectionRepresentation,
    ) -> Result<ResponseValue<::std::vec::Vec<types::LdapCapabilityRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/ldap-server-capabilities",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo { operation_id: "realm_ldap_capabilities" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn localization_locales<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<::std::string::String>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/localization",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "localization_locales" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn localization_texts<'a>(
        &'a self,
        realm: &'a str,
        locale: &'a str,
        use_realm_default_locale_fallback: Option<bool>,
    ) -> Result<
        ResponseValue<
            ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
        >,
        Error<()>,
    > {
        let url = format!(
            "{}/admin/realms/{}/localization/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&locale.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new(
                "useRealmDefaultLocaleFallback",
                &use_realm_default_locale_fallback,
            ))
            .build()?;
        let info = OperationInfo { operation_id: "localization_texts" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn localization_texts_add<'a>(
        &'a self,
        realm: &'a str,
        locale: &'a str,
        body: &'a ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::string::String>,
        >,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/localization/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&locale.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "localization_texts_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn localization_locale_delete<'a>(
        &'a self,
        realm: &'a str,
        locale: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/localization/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&locale.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "localization_locale_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn localization_text_delete<'a>(
        &'a self,
        realm: &'a str,
        locale: &'a str,
        key: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/localization/{}/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&locale.to_string())?,
            crate::path::segment(&key.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "localization_text_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_logout_all<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<types::GlobalRequestResult>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/logout-all",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "realm_logout_all" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_list<'a>(
        &'a self,
        realm: &'a str,
        brief_representation: Option<bool>,
        exact: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
        q: Option<&'a str>,
        search: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::OrganizationRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("exact", &exact))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("q", &q))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .build()?;
        let info = OperationInfo { operation_id: "organization_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::OrganizationRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "organization_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_count<'a>(
        &'a self,
        realm: &'a str,
        exact: Option<bool>,
        q: Option<&'a str>,
        search: Option<&'a str>,
    ) -> Result<ResponseValue<i64>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations/count",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("exact", &exact))
            .query(&progenitor_client::QueryParam::new("q", &q))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .build()?;
        let info = OperationInfo { operation_id: "organization_count" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_get<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
    ) -> Result<ResponseValue<types::OrganizationRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&org_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "organization_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_update<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
        body: &'a types::OrganizationRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&org_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "organization_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_delete<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&org_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "organization_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_idps<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::IdentityProviderRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations/{}/identity-providers",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&org_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "organization_idps" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_idp_add<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
        body: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations/{}/identity-providers",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&org_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "organization_idp_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_idp_remove<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
        alias: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations/{}/identity-providers/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&org_id.to_string())?,
            crate::path::segment(&alias.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "organization_idp_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn organization_member_count<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
    ) -> Result<ResponseValue<i64>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/organizations/{}/members/count",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&org_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "organization_member_count" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_partial_export<'a>(
        &'a self,
        realm: &'a str,
        export_clients: Option<bool>,
        export_groups_and_roles: Option<bool>,
    ) -> Result<ResponseValue<types::RealmRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/partial-export",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("exportClients", &export_clients))
            .query(&progenitor_client::QueryParam::new("exportGroupsAndRoles", &export_groups_and_roles))
            .build()?;
        let info = OperationInfo { operation_id: "realm_partial_export" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_partial_import<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::PartialImportRepresentation,
    ) -> Result<ResponseValue<types::PartialImportResults>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/partialImport",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo { operation_id: "realm_partial_import" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_push_revocation<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<types::GlobalRequestResult>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/push-revocation",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "realm_push_revocation" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_list<'a>(
        &'a self,
        realm: &'a str,
        brief_representation: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
        search: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/roles", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .build()?;
        let info = OperationInfo { operation_id: "role_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/roles", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "role_create" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_by_id_get<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
    ) -> Result<ResponseValue<types::RoleRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles-by-id/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "role_by_id_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_by_id_update<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles-by-id/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "role_by_id_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_by_id_delete<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles-by-id/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "role_by_id_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_by_id_composites<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
        first: Option<i32>,
        max: Option<i32>,
        search: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles-by-id/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .build()?;
        let info = OperationInfo { operation_id: "role_by_id_composites" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_by_id_composites_add<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles-by-id/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "role_by_id_composites_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_by_id_composites_remove<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles-by-id/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "role_by_id_composites_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_get<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
    ) -> Result<ResponseValue<types::RoleRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "role_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_update<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "role_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_delete<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "role_delete" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_composites<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "role_composites" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_composites_add<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "role_composites_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_composites_remove<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles/{}/composites",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "role_composites_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_groups<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        brief_representation: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::GroupRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles/{}/groups",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .build()?;
        let info = OperationInfo { operation_id: "role_groups" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn role_users<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        brief_representation: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::UserRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/roles/{}/users",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&role_name.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .build()?;
        let info = OperationInfo { operation_id: "role_users" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_test_ldap<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::TestLdapConnectionRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/testLDAPConnection",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "realm_test_ldap" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn realm_test_smtp<'a>(
        &'a self,
        realm: &'a str,
        body: &'a ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::string::String>,
        >,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/testSMTPConnection",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "realm_test_smtp" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_storage_remove_imported<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/user-storage/{}/remove-imported-users",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).build()?;
        let info = OperationInfo { operation_id: "user_storage_remove_imported" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_storage_sync<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        action: Option<&'a str>,
    ) -> Result<ResponseValue<types::SynchronizationResult>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/user-storage/{}/sync",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("action", &action))
            .build()?;
        let info = OperationInfo { operation_id: "user_storage_sync" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_storage_unlink_users<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/user-storage/{}/unlink-users",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).build()?;
        let info = OperationInfo { operation_id: "user_storage_unlink_users" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_storage_mapper_sync<'a>(
        &'a self,
        realm: &'a str,
        parent_id: &'a str,
        id: &'a str,
        direction: Option<&'a str>,
    ) -> Result<ResponseValue<types::SynchronizationResult>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/user-storage/{}/mappers/{}/sync",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&parent_id.to_string())?,
            crate::path::segment(&id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("direction", &direction))
            .build()?;
        let info = OperationInfo { operation_id: "user_storage_mapper_sync" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_list<'a>(
        &'a self,
        realm: &'a str,
        brief_representation: Option<bool>,
        created_after: Option<&'a str>,
        created_before: Option<&'a str>,
        email: Option<&'a str>,
        email_verified: Option<bool>,
        enabled: Option<bool>,
        exact: Option<bool>,
        first: Option<i32>,
        first_name: Option<&'a str>,
        idp_alias: Option<&'a str>,
        idp_user_id: Option<&'a str>,
        last_name: Option<&'a str>,
        max: Option<i32>,
        q: Option<&'a str>,
        search: Option<&'a str>,
        username: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::UserRepresentation>>, Error<()>> {
        let url =
            format!("{}/admin/realms/{}/users", self.baseurl, crate::path::segment(&realm.to_string())?,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("createdAfter", &created_after))
            .query(&progenitor_client::QueryParam::new("createdBefore", &created_before))
            .query(&progenitor_client::QueryParam::new("email", &email))
            .query(&progenitor_client::QueryParam::new("emailVerified", &email_verified))
            .query(&progenitor_client::QueryParam::new("enabled", &enabled))
            .query(&progenitor_client::QueryParam::new("exact", &exact))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("firstName", &first_name))
            .query(&progenitor_client::QueryParam::new("idpAlias", &idp_alias))
            .query(&progenitor_client::QueryParam::new("idpUserId", &idp_user_id))
            .query(&progenitor_client::QueryParam::new("lastName", &last_name))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("q", &q))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .query(&progenitor_client::QueryParam::new("username", &username))
            .build()?;
        let info = OperationInfo { operation_id: "user_list" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_count<'a>(
        &'a self,
        realm: &'a str,
        created_after: Option<&'a str>,
        created_before: Option<&'a str>,
        email: Option<&'a str>,
        email_verified: Option<bool>,
        enabled: Option<bool>,
        exact: Option<bool>,
        first_name: Option<&'a str>,
        idp_alias: Option<&'a str>,
        idp_user_id: Option<&'a str>,
        last_name: Option<&'a str>,
        q: Option<&'a str>,
        search: Option<&'a str>,
        username: Option<&'a str>,
    ) -> Result<ResponseValue<i32>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/count",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("createdAfter", &created_after))
            .query(&progenitor_client::QueryParam::new("createdBefore", &created_before))
            .query(&progenitor_client::QueryParam::new("email", &email))
            .query(&progenitor_client::QueryParam::new("emailVerified", &email_verified))
            .query(&progenitor_client::QueryParam::new("enabled", &enabled))
            .query(&progenitor_client::QueryParam::new("exact", &exact))
            .query(&progenitor_client::QueryParam::new("firstName", &first_name))
            .query(&progenitor_client::QueryParam::new("idpAlias", &idp_alias))
            .query(&progenitor_client::QueryParam::new("idpUserId", &idp_user_id))
            .query(&progenitor_client::QueryParam::new("lastName", &last_name))
            .query(&progenitor_client::QueryParam::new("q", &q))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .query(&progenitor_client::QueryParam::new("username", &username))
            .build()?;
        let info = OperationInfo { operation_id: "user_count" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_profile_get<'a>(
        &'a self,
        realm: &'a str,
    ) -> Result<ResponseValue<types::UpConfig>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/profile",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "user_profile_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_profile_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::UpConfig,
    ) -> Result<ResponseValue<types::UpConfig>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/profile",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo { operation_id: "user_profile_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_get<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        user_profile_metadata: Option<bool>,
    ) -> Result<ResponseValue<types::UserRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("userProfileMetadata", &user_profile_metadata))
            .build()?;
        let info = OperationInfo { operation_id: "user_get" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_update<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        body: &'a types::UserRepresentation,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "user_update" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_federated_identities<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::FederatedIdentityRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/federated-identity",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "user_federated_identities" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_groups<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        brief_representation: Option<bool>,
        first: Option<i32>,
        max: Option<i32>,
        search: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::GroupRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/groups",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .query(&progenitor_client::QueryParam::new("first", &first))
            .query(&progenitor_client::QueryParam::new("max", &max))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .build()?;
        let info = OperationInfo { operation_id: "user_groups" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_group_add<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        group_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/groups/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).build()?;
        let info = OperationInfo { operation_id: "user_group_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_group_remove<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        group_id: &'a str,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/groups/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
            crate::path::segment(&group_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo { operation_id: "user_group_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_role_mappings<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
    ) -> Result<ResponseValue<types::MappingsRepresentation>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "user_role_mappings" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_client_roles<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        client_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
            crate::path::segment(&client_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "user_client_roles" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_client_roles_add<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        client_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
            crate::path::segment(&client_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "user_client_roles_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_client_roles_remove<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        client_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings/clients/{}",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
            crate::path::segment(&client_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "user_client_roles_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_client_roles_effective<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        client_id: &'a str,
        brief_representation: Option<bool>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings/clients/{}/composite",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
            crate::path::segment(&client_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .build()?;
        let info = OperationInfo { operation_id: "user_client_roles_effective" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_realm_roles<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "user_realm_roles" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_realm_roles_add<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "user_realm_roles_add" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_realm_roles_remove<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings/realm",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).json(&body).build()?;
        let info = OperationInfo { operation_id: "user_realm_roles_remove" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn user_realm_roles_effective<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        brief_representation: Option<bool>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoleRepresentation>>, Error<()>> {
        let url = format!(
            "{}/admin/realms/{}/users/{}/role-mappings/realm/composite",
            self.baseurl,
            crate::path::segment(&realm.to_string())?,
            crate::path::segment(&user_id.to_string())?,
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("briefRepresentation", &brief_representation))
            .build()?;
        let info = OperationInfo { operation_id: "user_realm_roles_effective" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    pub async fn server_info<'a>(
        &'a self,
    ) -> Result<ResponseValue<::serde_json::Map<::std::string::String, ::serde_json::Value>>, Error<()>> {
        let url = format!("{}/admin/serverinfo", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo { operation_id: "server_info" };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
