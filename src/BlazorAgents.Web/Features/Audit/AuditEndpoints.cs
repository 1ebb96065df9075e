using System.Globalization;
using System.Net.Mime;
using System.Text;
using BlazorAgents.Runs;
using BlazorAgents.Web.Security;

namespace BlazorAgents.Web.Features.Audit;

/// <summary>What the audit needs besides its page.</summary>
public static class AuditEndpoints
{
    /// <summary>Maps <c>GET /audit/export.csv</c>: the events of the page's filters, streamed. Days are of the zone <c>zone</c>, an IANA id, or UTC.</summary>
    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/audit/export.csv", ExportAsync).RequireAuthorization(Policies.Admin);
        return endpoints;
    }

    private static async Task<IResult> ExportAsync(HttpContext context, CurrentUser currentUser, AuditLog audit, TimeProvider clock)
    {
        var zone = TimeZoneInfo.Utc;
        if (context.Request.Query["zone"].ToString() is { Length: > 0 } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone!))
        {
            return Results.Text("zone: this time zone is not known. Write it as Europe/Berlin.", statusCode: StatusCodes.Status400BadRequest);
        }

        var (filter, problem) = AuditQuery.Of(context.Request.Query).Read(zone);
        if (problem is not null)
        {
            return Results.Text(problem, statusCode: StatusCodes.Status400BadRequest);
        }

        var actor = (await currentUser.GetAsync()).ToActor();
        try
        {
            await audit.ListAsync(actor, filter, before: null, take: 1, context.RequestAborted); // before the answer begins
        }
        catch (UnauthorizedAccessException)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }
        catch (InvalidDataException exception)
        {
            return Results.Text(exception.Message, statusCode: StatusCodes.Status500InternalServerError);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{clock.GetUtcNow():yyyy-MM-dd}.csv");
        return Results.Stream(
            async body =>
            {
                // The mark tells spreadsheets that it is UTF-8.
                await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
                await audit.ExportAsync(actor, filter, writer, context.RequestAborted);
            },
            $"{MediaTypeNames.Text.Csv}; charset=utf-8",
            name);
    }
}
