namespace BlazorAgents.E2E.Fixtures;

/// <summary>One running application for the tests of a class. Tests keep apart by each having a person of their own.</summary>
public abstract class AppFixture : IAsyncLifetime
{
    private AppSession? _admin;

    /// <summary>The application.</summary>
    public AppProcess App { get; private set; } = null!;

    /// <summary>Adds an account.</summary>
    public async Task<Person> AddPersonAsync(string role = "User")
    {
        _admin ??= await AppSession.SignInAsync(App.BaseUrl, Person.Admin);
        return await _admin.AddPersonAsync(role);
    }

    public virtual async Task InitializeAsync() => App = await AppProcess.StartAsync(await SettingsAsync());

    public virtual async Task DisposeAsync()
    {
        _admin?.Dispose();
        if (App is not null)
        {
            await App.DisposeAsync();
        }
    }

    /// <summary>The environment of the application.</summary>
    protected abstract Task<IReadOnlyDictionary<string, string?>> SettingsAsync();
}
