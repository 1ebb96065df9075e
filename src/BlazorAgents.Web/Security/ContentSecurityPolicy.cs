namespace BlazorAgents.Web.Security;

/// <summary>What a page may load and do.</summary>
public static class ContentSecurityPolicy
{
    /// <summary>The policy of every response that asks for no other.</summary>
    /// <remarks>
    /// Blazor's script is a file of ours and evaluates nothing, so scripts need no exception; 'self' covers its WebSocket.
    /// Images may come from any https address because an answer may show one, but the page only asks for it after a click.
    /// </remarks>
    public const string Default =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; font-src 'self'; "
        + "connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>For files of people's: nothing loads, nothing runs, even when a browser opens the file itself.</summary>
    public const string Sandbox = "default-src 'none'; style-src 'none'; frame-ancestors 'none'; sandbox";

    private static readonly object s_key = new();

    /// <summary>Gives this response <paramref name="policy"/> instead of <see cref="Default"/>.</summary>
    public static void UseContentSecurityPolicy(this HttpContext context, string policy) => context.Items[s_key] = policy;

    internal static string Of(HttpContext context) => context.Items[s_key] as string ?? Default;
}
