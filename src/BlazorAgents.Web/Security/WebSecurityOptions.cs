namespace BlazorAgents.Web.Security;

/// <summary>The section <c>Security</c> of the configuration.</summary>
public sealed class WebSecurityOptions
{
    /// <summary>
    /// Set when people reach the server over HTTPS only: cookies are then bound to the host (<c>__Host-</c>) and always secure.
    /// Otherwise a cookie is secure when the request that set it was.
    /// </summary>
    public bool HttpsOnly { get; set; }

    /// <summary>
    /// Hosts (<c>name</c> or <c>name:port</c>) whose pages may post and connect here besides the server's own,
    /// for a proxy that does not pass the Host header on.
    /// </summary>
    public IList<string> AllowedOriginHosts { get; } = [];
}
