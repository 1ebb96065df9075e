using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace BlazorAgents.Web.Security;

/// <summary>Answers errors and bare status codes with a page in the product's look. It shows no detail; the log has it.</summary>
/// <remarks>The page is rendered here and not by another pass through the pipeline, which may be what failed.</remarks>
internal static partial class ErrorPages
{
    /// <summary>Logs an unhandled exception and shows its correlation id.</summary>
    public static Task HandleExceptionAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (exception is BadHttpRequestException bad)
        {
            context.Response.StatusCode = bad.StatusCode;
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages));
            LogUnhandled(logger, exception, context.Request.Method, Correlation.Of(context));
        }

        return WriteAsync(context);
    }

    /// <summary>Middleware: gives a response that is an error without a body its page.</summary>
    /// <remarks>
    /// The framework's own leaves the answer to a form without a valid token alone, because that has a content type already.
    /// </remarks>
    public static async Task ShowStatusAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response.HasStarted)
        {
            return;
        }

        if (response.StatusCode == StatusCodes.Status400BadRequest && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } token)
        {
            // The token is in the body, and a body that is too large was never read.
            response.StatusCode = token.Error?.InnerException is BadHttpRequestException bad ? bad.StatusCode : response.StatusCode;
            await WriteAsync(context);
        }
        else if (response is { StatusCode: >= 400, ContentLength: null or 0, ContentType: null })
        {
            await WriteAsync(context);
        }
    }

    /// <summary>Writes the page for the response's status, if the client is one that shows pages.</summary>
    public static async Task WriteAsync(HttpContext context)
    {
        if (!AcceptsHtml(context.Request))
        {
            return;
        }

        var services = context.RequestServices;
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(ErrorDocument.Status)] = context.Response.StatusCode,
            [nameof(ErrorDocument.CorrelationId)] = Correlation.Of(context),
        });
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<ErrorDocument>(parameters)).ToHtmlString());
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    /// <summary>Whether the client asked for a page, as a browser does for what it will show.</summary>
    public static bool AcceptsHtml(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types)
        && types.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(LogLevel.Error, "Unhandled exception in a {Method} request, correlation id {CorrelationId}")]
    private static partial void LogUnhandled(ILogger logger, Exception? exception, string method, string correlationId);
}
