internal import CCurl
internal import Vocabulary

/// A transfer that ended without an answer (传输失败): what libcurl said, as a miss with its remedy.
struct Breakdown {
  var code: CURLcode
  var stop: Flight.Stop?
  /// OpenSSL's X509_V_ERR_…, 0 where the certificate was not the trouble.
  var certificate: Int
  /// Whether a connection stood.
  var wasConnected: Bool
  var bodyCount: Int
  var limits: FetchLimits

  func miss(of url: String) -> Miss {
    if let stop { return Self.miss(of: url, stop, limits: limits) }
    switch code {
    case CURLE_OPERATION_TIMEDOUT: return late(url)
    case CURLE_COULDNT_CONNECT: return .unreachable(url)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .nameUnknown(url)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
      return tls(url)
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2,
      CURLE_HTTP2_STREAM, CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY, CURLE_WRITE_ERROR,
      CURLE_UNSUPPORTED_PROTOCOL:
      return .cutOff(url, said: said, bytes: bodyCount)
    case CURLE_URL_MALFORMAT: return .badAddress(url, .unreadable)
    default: return wasConnected ? .cutOff(url, said: said, bytes: bodyCount) : .unreachable(url)
    }
  }

  private var said: String { String(cString: curl_easy_strerror(code)) }

  private func late(_ url: String) -> Miss {
    guard wasConnected else { return .noConnection(url, within: limits.connecting) }
    return .late(url, bytes: bodyCount, limits: limits)
  }

  private func tls(_ url: String) -> Miss {
    switch certificate {
    case 9, 10: .expired(url)  // X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED
    case 18, 19, 20, 21: .untrusted(url)  // self-signed, or its issuer is unknown here
    case 62: .otherName(url)  // X509_V_ERR_HOSTNAME_MISMATCH
    default:
      code == CURLE_PEER_FAILED_VERIFICATION ? .otherName(url) : .handshake(url, said: said)
    }
  }

  private static func miss(of url: String, _ stop: Flight.Stop, limits: FetchLimits) -> Miss {
    switch stop {
    case .body: .tooLarge(url, cap: limits.bytes)
    case .bomb: .bomb(url, ratio: limits.ratio)
    case .headers: .headersTooLarge(url, cap: limits.headerBytes)
    case .address(let address): .forbidden(url, address: address)
    case .memory: .noMemory(url)
    }
  }
}
