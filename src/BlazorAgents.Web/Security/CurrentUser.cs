using Microsoft.AspNetCore.Components.Authorization;

namespace BlazorAgents.Web.Security;

/// <summary>Who is acting, in a circuit and in an HTTP request alike.</summary>
/// <remarks>
/// In a circuit the HTTP context is that of the request that opened it, and says "signed in" for ever; there only the
/// authentication state counts, which is checked again while the circuit lives.
/// </remarks>
public sealed class CurrentUser(CircuitAdmission circuit, IHttpContextAccessor http, IServiceProvider services)
{
    /// <summary>The acting person.</summary>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    public async Task<ActingUser> GetAsync() => await FindAsync() ?? throw new NotSignedInException();

    /// <summary>The acting person, or null when nobody is signed in.</summary>
    public async Task<ActingUser?> FindAsync()
    {
        if (circuit.State != CircuitState.None)
        {
            var state = await services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync();
            return ActingUser.From(state.User);
        }

        return http.HttpContext is { } context ? ActingUser.From(context.User) : null;
    }
}
