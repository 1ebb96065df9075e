using System.Diagnostics;

namespace BlazorAgents.Web.Security;

/// <summary>The id by which an error on a page is found in the log.</summary>
public static class Correlation
{
    /// <summary>The trace's id, or the request's where nothing is traced.</summary>
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
