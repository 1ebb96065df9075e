using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Who acts on this circuit. Taken from the principal only, so that no parameter or event can name somebody else.</summary>
public sealed class ActingUser(AuthenticationStateProvider authentication)
{
    /// <summary>The signed-in user's id.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in.</exception>
    public async Task<string> GetIdAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return state.User.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new UnauthorizedAccessException("Nobody is signed in on this circuit.");
    }
}
