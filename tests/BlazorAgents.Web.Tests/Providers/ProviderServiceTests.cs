using System.Text;
using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Features.Providers;
using BlazorAgents.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Tests.Providers;

public sealed class ProviderServiceTests
{
    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task Add_WithAKey_StoresItEncryptedAndShowsFourCharacters()
    {
        await using var host = await ProviderHost.StartAsync();

        var id = await host.AddAsync();

        var shown = await host.FindAsync(id);
        Assert.Equal((KeyState.Set, "9f2c", "••••9f2c"), (shown.Key, shown.KeyEnding, shown.KeyWords));
        Assert.DoesNotContain(ProviderHost.Key, shown.ToString(), StringComparison.Ordinal);
        await host.Get<Database>().WriteAsync(data => data.Database.ExecuteSqlRawAsync("SELECT 1"));
        foreach (var file in Directory.GetFiles(host.Folder, "*.db*"))
        {
            Assert.DoesNotContain(ProviderHost.Key, await ReadSharedAsync(file), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(host.Log.Entries, entry => $"{entry.Text} {entry.Exception}".Contains(ProviderHost.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_ShortKey_ShowsNothingOfIt()
    {
        await using var host = await ProviderHost.StartAsync();

        var shown = await host.FindAsync(await host.AddAsync(ProviderHost.Input(key: "secret-4711")));

        Assert.Equal((KeyState.Set, null, "Set"), (shown.Key, shown.KeyEnding, shown.KeyWords));
    }

    [Fact]
    public async Task List_ConfiguredProvider_ComesFirstAndCannotBeChanged()
    {
        await using var host = await ProviderHost.StartAsync();
        await host.AddAsync(ProviderHost.Input("beta"));
        await host.AddAsync(ProviderHost.Input("Alpha"));

        var list = await host.Service.ListAsync(ProviderHost.Admin);

        Assert.Equal(["OpenAI", "Alpha", "beta"], list.Select(provider => provider.Name));
        Assert.Equal((true, "1b7e", "gpt-4o"), (list[0].IsConfigured, list[0].KeyEnding, list[0].ChatModelId));
        Assert.False(await host.Service.DeleteAsync(ProviderHost.Admin, ProviderDetails.ConfiguredId));
        Assert.False(await host.Service.EnableAsync(ProviderHost.Admin, ProviderDetails.ConfiguredId, enable: false));
        Assert.NotEmpty((await host.Service.ChangeAsync(ProviderHost.Admin, ProviderDetails.ConfiguredId, ProviderHost.Input())).Errors);
    }

    [Fact]
    public async Task Registry_StoredProvider_TalksToItWithItsKey()
    {
        await using var host = await ProviderHost.StartAsync(_ => FakeHttpHandler.Sse(
            """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":"stop"}]}"""));
        var id = await host.AddAsync();

        var clients = await host.Registry.GetAsync(id);
        await clients.CreateChatClient().CreateAgent().RunAsync("Hi");

        var request = Assert.Single(host.Handler.Requests);
        Assert.Equal("http://localhost:8000/v1/chat/completions", request.Uri.ToString());
        Assert.Equal($"Bearer {ProviderHost.Key}", request.Headers["Authorization"]);
        Assert.Same(clients, await host.Registry.GetAsync(id.ToUpperInvariant()));
        Assert.Same(host.Get<ProviderClients>(), await host.Registry.GetAsync(null));
    }

    [Fact]
    public async Task Registry_ProviderChanged_GivesAConnectionOfTheNewSettings()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();
        var before = await host.Registry.GetAsync(id);

        var input = ProviderHost.Input(key: null);
        (input.ChatModelId, input.Version) = ("other", 1);
        Assert.Empty((await host.Service.ChangeAsync(ProviderHost.Admin, id, input)).Errors);
        var after = await host.Registry.GetAsync(id);

        Assert.Equal(("llama", "other"), (before.Info.DefaultModelId, after.Info.DefaultModelId));
        Assert.Equal(ProviderHost.Key, after.Settings.ApiKey);
        Assert.NotSame(before.Connection.Circuit, after.Connection.Circuit);
    }

    [Fact]
    public async Task Registry_DisabledDeletedOrUnknown_SaysWhatToDo()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();

        Assert.True(await host.Service.EnableAsync(ProviderHost.Admin, id, enable: false));
        var off = await Assert.ThrowsAsync<AgentException>(() => host.Registry.GetAsync(id).AsTask());
        Assert.True(await host.Service.EnableAsync(ProviderHost.Admin, id, enable: true));
        await host.Registry.GetAsync(id);
        Assert.True(await host.Service.DeleteAsync(ProviderHost.Admin, id));
        var gone = await Assert.ThrowsAsync<AgentException>(() => host.Registry.GetAsync(id).AsTask());
        var odd = await Assert.ThrowsAsync<AgentException>(() => host.Registry.GetAsync("../x").AsTask());

        Assert.Contains("Lab is switched off", off.Message, StringComparison.Ordinal);
        Assert.Contains("was removed", gone.Message, StringComparison.Ordinal);
        Assert.Equal(gone.Message, odd.Message);
        Assert.True(gone.IsRetryPointless);
    }

    [Fact]
    public async Task KeyRing_Lost_TheProviderIsShownAndAsksForItsKeyAgain()
    {
        var first = await ProviderHost.StartAsync();
        var id = await first.AddAsync();
        await first.StopAsync();
        Directory.Delete(Path.Combine(first.Folder, "keys"), recursive: true);
        await using var host = await ProviderHost.StartAsync(first.Folder);

        var shown = await host.FindAsync(id);
        var error = await Assert.ThrowsAsync<AgentException>(() => host.Registry.GetAsync(id).AsTask());

        Assert.Equal((KeyState.Unreadable, "Enter the key again"), (shown.Key, shown.KeyWords));
        Assert.Equal(AgentErrorKind.Authentication, error.Kind);
        Assert.Contains("enter the key again", error.Message, StringComparison.Ordinal);
        var input = ProviderHost.Input(key: "sk-another-key-0001");
        input.Version = shown.Version;
        Assert.Empty((await host.Service.ChangeAsync(ProviderHost.Admin, id, input)).Errors);
        Assert.Equal("sk-another-key-0001", (await host.Registry.GetAsync(id)).Settings.ApiKey);
    }

    [Fact]
    public async Task KeyRing_Kept_AnotherServerReadsTheKey()
    {
        var first = await ProviderHost.StartAsync();
        var id = await first.AddAsync();
        await first.StopAsync();
        await using var host = await ProviderHost.StartAsync(first.Folder);

        Assert.Equal(ProviderHost.Key, (await host.Registry.GetAsync(id)).Settings.ApiKey);
    }

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task Ciphertext_OfAnotherProvider_DoesNotOpen()
    {
        await using var host = await ProviderHost.StartAsync();
        var (rich, poor) = (await host.AddAsync(), await host.AddAsync(ProviderHost.Input("Other", "http://localhost:9000/v1", "another-long-key")));
        await host.Get<Database>().WriteAsync(async data =>
        {
            var rows = await data.Providers.ToListAsync();
            rows.Single(row => row.Id.ToString() == poor).ProtectedKey = rows.Single(row => row.Id.ToString() == rich).ProtectedKey;
        });

        Assert.Equal(KeyState.Unreadable, (await host.FindAsync(poor)).Key);
    }

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task Change_AddressOfAnotherServerWithoutTheKey_IsRefused()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();
        var input = ProviderHost.Input(endpoint: "http://localhost:8001/v1", key: null);
        input.Version = 1;

        var refused = await host.Service.ChangeAsync(ProviderHost.Admin, id, input);
        input.Endpoint = "http://localhost:8000/other/v1";
        var sameServer = await host.Service.ChangeAsync(ProviderHost.Admin, id, input);

        Assert.Equal("Key", Assert.Single(refused.Errors).Field);
        Assert.Empty(sameServer.Errors);
    }

    [Fact]
    public async Task Change_SomeoneElseWasFaster_IsRefused()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();
        var (mine, theirs) = (ProviderHost.Input("Mine", key: null), ProviderHost.Input("Theirs", key: null));
        (mine.Version, theirs.Version) = (1, 1);

        Assert.Empty((await host.Service.ChangeAsync(ProviderHost.Admin, id, theirs)).Errors);
        var late = await host.Service.ChangeAsync(ProviderHost.Admin, id, mine);

        Assert.Contains("Someone has changed", Assert.Single(late.Errors).Message, StringComparison.Ordinal);
        Assert.Equal("Theirs", (await host.FindAsync(id)).Name);
    }

    [Fact]
    public async Task Add_SameNameInOtherCase_IsRefused()
    {
        await using var host = await ProviderHost.StartAsync();
        await host.AddAsync(ProviderHost.Input("Lábor"));

        var again = await host.Service.AddAsync(ProviderHost.Admin, ProviderHost.Input(" LÁBOR "));

        Assert.Equal("Name", Assert.Single(again.Errors).Field);
    }

    [Fact]
    [Trait("Id", "SEC-16")]
    public async Task Add_NameOfHalfACharacter_IsRefused()
    {
        await using var host = await ProviderHost.StartAsync();

        var result = await host.Service.AddAsync(ProviderHost.Admin, ProviderHost.Input("a\uD800"));

        Assert.Equal("Name", Assert.Single(result.Errors).Field);
    }

    [Fact]
    [Trait("Id", "SEC-17")]
    public async Task Changes_LeaveALineEach_WithoutSecretsAndNames()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();
        var input = ProviderHost.Input("Renamed", key: "sk-another-key-0001");
        input.Version = 1;
        await host.Service.ChangeAsync(ProviderHost.Admin, id, input);
        await host.Service.EnableAsync(ProviderHost.Admin, id, enable: false);
        await host.Service.DeleteAsync(ProviderHost.Admin, id);

        var lines = host.Log.Entries.Select(entry => entry.Text).Where(text => text.Contains(id, StringComparison.Ordinal) && text.StartsWith("ada ", StringComparison.Ordinal));

        Assert.Equal(
            [$"ada added provider {id}", $"ada changed name, key of provider {id}", $"ada disabled provider {id}", $"ada deleted provider {id}"], lines);
    }

    [Theory]
    [InlineData(Roles.User)]
    [InlineData(Roles.Approver)]
    [Trait("Id", "SEC-13")]
    public async Task Service_NotAnAdmin_IsRefused(string role)
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();
        var una = new ActingUser("una", "Una", role);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.Service.ListAsync(una));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.Service.FindAsync(una, id));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.Service.AddAsync(una, ProviderHost.Input("X")));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.Service.ChangeAsync(una, id, ProviderHost.Input("X")));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.Service.EnableAsync(una, id, enable: false));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.Service.DeleteAsync(una, id));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await host.Get<ProviderTester>().TestAsync(una, id).ToListAsync());
        Assert.Equal("Lab", (await host.FindAsync(id)).Name);
    }

    [Fact]
    public async Task Test_Stored_IsShownUntilTheSettingsChange()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();

        var results = await host.Get<ProviderTester>().TestAsync(ProviderHost.Admin, id).ToListAsync();

        var report = (await host.FindAsync(id)).Test!;
        Assert.Equal(results.OrderBy(result => result.Capability), report.Results);
        Assert.Equal((true, host.Time.GetUtcNow()), (report.IsCurrent, report.TestedAt));
        var input = ProviderHost.Input("Other name", key: null);
        input.Version = 1;
        await host.Service.ChangeAsync(ProviderHost.Admin, id, input);
        Assert.True((await host.FindAsync(id)).Test!.IsCurrent);
        (input.Key, input.Version) = ("sk-another-key-0001", 2);
        await host.Service.ChangeAsync(ProviderHost.Admin, id, input);
        Assert.False((await host.FindAsync(id)).Test!.IsCurrent);
        await host.Service.DeleteAsync(ProviderHost.Admin, id);
        Assert.Equal(0, await host.Get<Database>().ReadAsync(data => data.ProviderTests.CountAsync()));
    }

    [Fact]
    public async Task Test_OfTheConfiguredProvider_IsKeptToo()
    {
        await using var host = await ProviderHost.StartAsync();

        await host.Get<ProviderTester>().TestAsync(ProviderHost.Admin, ProviderDetails.ConfiguredId).ToListAsync();
        await host.Get<ProviderTester>().TestAsync(ProviderHost.Admin, ProviderDetails.ConfiguredId).ToListAsync();

        Assert.True((await host.FindAsync(ProviderDetails.ConfiguredId)).Test!.IsCurrent);
    }

    private static async Task<string> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
