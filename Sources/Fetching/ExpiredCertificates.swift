internal import CCurl
internal import Glibc

/// OpenSSL's X509_V_FLAG_NO_CHECK_TIME: names, chain and signatures are still checked.
///
/// The two functions are found at run time in the OpenSSL that libcurl has loaded, so that building
/// needs no second TLS library; where they are missing, the certificate is refused as ever.
func ignoreCertificateTimes(
  _ easy: OpaquePointer?, _ context: UnsafeMutableRawPointer?, _ unused: UnsafeMutableRawPointer?
) -> CURLcode {
  typealias Parameters = @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  typealias SetFlags = @convention(c) (UnsafeMutableRawPointer?, CUnsignedLong) -> CInt
  guard let parameters = dlsym(nil, "SSL_CTX_get0_param"),
    let setFlags = dlsym(nil, "X509_VERIFY_PARAM_set_flags")
  else { return CURLE_OK }
  let ours = unsafeBitCast(parameters, to: Parameters.self)(context)
  _ = unsafeBitCast(setFlags, to: SetFlags.self)(ours, 0x200000)
  return CURLE_OK
}
