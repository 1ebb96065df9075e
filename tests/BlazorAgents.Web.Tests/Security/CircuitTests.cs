using System.Security.Claims;
using BlazorAgents.Data;
using BlazorAgents.Web.Features.People;
using BlazorAgents.Web.Security;
using BlazorAgents.Web.Tests.Account;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Security;

public sealed class CircuitTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Id", "BLZ-01")]
    public async Task Circuit_BeyondTheLimit_IsRefusedUntilOneCloses()
    {
        await using var host = await AccountHost.StartWithAdminAsync(("Limits:CircuitsPerUser", "2"));
        var counter = host.Services.GetRequiredService<CircuitCounter>();
        var id = (await host.AdminAsync()).Id;
        await using var first = await OpenAsync(host, AccountHost.AdminEmail);
        await using var second = await OpenAsync(host, AccountHost.AdminEmail);

        await using var third = await OpenAsync(host, AccountHost.AdminEmail);

        Assert.Equal(CircuitState.Admitted, State(first));
        Assert.Equal(CircuitState.Admitted, State(second));
        Assert.Equal(CircuitState.Refused, State(third));
        await CloseAsync(third);
        Assert.Equal(2, counter.Count(id));
        await CloseAsync(first);
        await CloseAsync(first);
        Assert.Equal(1, counter.Count(id));
        await using var fourth = await OpenAsync(host, AccountHost.AdminEmail);
        Assert.Equal(CircuitState.Admitted, State(fourth));
    }

    [Fact]
    [Trait("Id", "BLZ-01")]
    public async Task Circuit_OfAnotherPerson_CountsForThem()
    {
        await using var host = await AccountHost.StartWithAdminAsync(("Limits:CircuitsPerUser", "1"));
        await host.AddAsync("una@example.org", Roles.User);
        await using var ada = await OpenAsync(host, AccountHost.AdminEmail);

        await using var una = await OpenAsync(host, "una@example.org");

        Assert.Equal(CircuitState.Admitted, State(una));
    }

    [Fact]
    public async Task CurrentUser_InACircuit_IsItsPersonAndNotTheRequests()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        await host.AddAsync("una@example.org", Roles.Approver);
        await using var circuit = await OpenAsync(host, "una@example.org");

        var user = await circuit.ServiceProvider.GetRequiredService<CurrentUser>().GetAsync();

        Assert.Equal(("una", Roles.Approver), (user.Name, user.Role));
        Assert.True(user.Is(Roles.User));
        Assert.False(user.Is(Roles.Admin));
    }

    [Fact]
    public async Task CurrentUser_Nobody_IsRefused()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        await using var scope = host.Services.CreateAsyncScope();

        await Assert.ThrowsAsync<NotSignedInException>(() => scope.ServiceProvider.GetRequiredService<CurrentUser>().GetAsync());
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("demote")]
    [InlineData("password")]
    [Trait("Id", "SEC-20")]
    public async Task Circuit_AccountChanges_IsSignedOut(string change)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var id = await host.AddAsync("una@example.org", Roles.Approver);
        var admin = await host.AdminAsync();
        await using var circuit = await OpenAsync(host, "una@example.org");
        var current = circuit.ServiceProvider.GetRequiredService<CurrentUser>();
        var signedOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>().AuthenticationStateChanged += _ => signedOut.TrySetResult();
        Assert.NotNull(await current.FindAsync());

        await host.UseAsync<PeopleService, object?>(async people => change switch
        {
            "disable" => await people.DisableAsync(admin, id),
            "demote" => await people.ChangeRoleAsync(admin, id, Roles.User),
            _ => await people.ResetPasswordAsync(admin, id, "another long password"),
        });

        await signedOut.Task.WaitAsync(s_patience);
        Assert.Null(await current.FindAsync());
    }

    [Fact]
    [Trait("Id", "SEC-20")]
    public void Revalidation_ByDefault_IsWithinAMinute() =>
        Assert.InRange(new Features.Account.AccountOptions().RevalidationInterval, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

    /// <summary>Does what the framework does when a browser opens a circuit.</summary>
    private static async Task<AsyncServiceScope> OpenAsync(AccountHost host, string email)
    {
        var principal = await host.UseAsync<SignInManager<AppUser>, ClaimsPrincipal>(
            async signIn => await signIn.CreateUserPrincipalAsync((await signIn.UserManager.FindByEmailAsync(email))!));
        var scope = host.Services.CreateAsyncScope();
        var authentication = (IHostEnvironmentAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        authentication.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        await Handler(scope).OnCircuitOpenedAsync(null!, CancellationToken.None);
        return scope;
    }

    private static Task CloseAsync(AsyncServiceScope circuit) => Handler(circuit).OnCircuitClosedAsync(null!, CancellationToken.None);

    private static CircuitHandler Handler(AsyncServiceScope circuit) => circuit.ServiceProvider.GetServices<CircuitHandler>().Single(handler => handler is CircuitAdmissionHandler);

    private static CircuitState State(AsyncServiceScope circuit) => circuit.ServiceProvider.GetRequiredService<CircuitAdmission>().State;
}
