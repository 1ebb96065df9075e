namespace BlazorAgents.Web.Security;

/// <summary>The status 404 for a page that says itself what was not found.</summary>
public static class NotFoundStatus
{
    /// <summary>Gives the response the status 404 and keeps the page.</summary>
    /// <remarks>The framework drops the body of a component that sets this status while it renders, so it is set after that.</remarks>
    public static void AnswerNotFound(this HttpContext context) =>
        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
}
