using System.Globalization;
using System.Net.Mime;
using System.Text;
using BlazorAgents.Runs;
using BlazorAgents.Web.Security;

namespace BlazorAgents.Web.Features.Approvals.Console;

/// <summary>What the console needs besides its page.</summary>
public static class ApprovalEndpoints
{
    /// <summary>Maps <c>GET /approvals/export.csv</c>: the requests of the console's filters that the person sees, streamed; times are UTC.</summary>
    public static IEndpointRouteBuilder MapApprovals(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/approvals/export.csv", ExportAsync).RequireAuthorization(Policies.User);
        return endpoints;
    }

    private static async Task<IResult> ExportAsync(HttpContext context, CurrentUser currentUser, ApprovalService approvals, TimeProvider clock)
    {
        var (filter, problem) = ApprovalQuery.Of(context.Request.Query).Read();
        if (problem is not null)
        {
            return Results.Text(problem, statusCode: StatusCodes.Status400BadRequest);
        }

        var actor = (await currentUser.GetAsync()).ToActor();
        var name = string.Create(CultureInfo.InvariantCulture, $"approvals-{clock.GetUtcNow():yyyy-MM-dd}.csv");
        return Results.Stream(
            async body =>
            {
                // The mark tells spreadsheets that it is UTF-8.
                await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
                await approvals.ExportCsvAsync(actor, filter, writer, context.RequestAborted);
            },
            $"{MediaTypeNames.Text.Csv}; charset=utf-8",
            name);
    }
}
