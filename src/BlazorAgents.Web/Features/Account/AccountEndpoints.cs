using BlazorAgents.Data;
using BlazorAgents.Web.Features.Setup;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace BlazorAgents.Web.Features.Account;

/// <summary>What accounts need besides their pages.</summary>
public static class AccountEndpoints
{
    /// <summary>Maps <c>POST /account/logout</c>. The pages are components and map themselves.</summary>
    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/account/logout", SignOutAsync).AllowAnonymous();
        return endpoints;
    }

    /// <summary>Makes the roles and, where configured, the first administrator. Call it once the database is ready, before the server starts.</summary>
    /// <exception cref="SetupConfigurationException">The configured administrator is not valid; the message names the key.</exception>
    public static async Task PrepareAccountsAsync(this WebApplication app, CancellationToken cancellationToken = default)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().PrepareAsync(cancellationToken);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<AppUser> signIn, SignInAudit audit)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        await signIn.SignOutAsync();
        if (ActingUser.From(context.User) is { } user)
        {
            await audit.EndedAsync(user);
        }

        return Results.LocalRedirect("/account/login");
    }
}
