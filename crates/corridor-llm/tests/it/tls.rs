//! TLS: an unknown authority is refused, an extra one is trusted.

use std::sync::Arc;

use corridor_llm::call::{CallError, UnavailableCause};
use corridor_llm::{HttpCaller, LlmCaller, TaskId};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::scripted::{in_ms, input, load, runtime, two_profiles};

/// A server for `localhost` with a certificate of its own making; gives its port and the certificate as PEM.
async fn server() -> (u16, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut request = [0; 16 * 1024];
            let _ = stream.read(&mut request).await;
            let body = r#"{"choices":[{"message":{"content":"{\"text\":\"купи молоко\"}"}}]}"#;
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (port, cert.pem())
}

async fn run(port: u16, lines: &str) -> Result<(), CallError> {
    let text = two_profiles(
        "",
        &format!("base_url = \"https://localhost:{port}/v1\"\nchain = []\n{lines}"),
        "",
    );
    let policy = load(&text);
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    let (runtime, _) = runtime(&text, Arc::new(caller) as Arc<dyn LlmCaller>);
    let result = runtime
        .run_task(TaskId::AssistNormalization, input(), in_ms(10_000))
        .await;
    result.map(|_| ()).map_err(|failure| failure.error)
}

#[tokio::test]
async fn an_unknown_authority_is_refused_and_an_extra_one_trusted() {
    let (port, pem) = server().await;
    assert_eq!(
        run(port, "").await,
        Err(CallError::Unavailable(
            UnavailableCause::CertificateUnknownAuthority
        ))
    );

    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("extra-ca.pem");
    std::fs::write(&path, pem).unwrap();
    assert_eq!(
        run(port, &format!("extra_ca_file = \"{}\"", path.display())).await,
        Ok(())
    );
}
