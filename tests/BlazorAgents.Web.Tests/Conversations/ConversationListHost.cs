using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Layout;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Conversations;

/// <summary>The services behind the list on a database of their own; no engine runs.</summary>
internal sealed class ConversationListHost : IAsyncDisposable
{
    public const string UserId = "ada";

    private readonly string _folder = Directory.CreateTempSubdirectory("blazoragents-list-").FullName;

    private ConversationListHost(BunitContext context)
    {
        Context = context;
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        var services = context.Services;
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging();
        services.AddData(_folder, new DataOptions());
        services.AddSingleton(new AgentDefinition { Id = "a", Name = "A", Description = "d", Icon = "bot", Instructions = "i" });
        services.AddSingleton<IModelConnections>(new FixedModelConnections(() => throw new InvalidOperationException("No model is called here.")));
        services.AddRuns(new ConfigurationBuilder().Build());
        services.AddShell();
    }

    public BunitContext Context { get; }

    public ManualTimeProvider Time { get; } = new();

    public ConversationService Conversations => Context.Services.GetRequiredService<ConversationService>();

    public static async Task<ConversationListHost> StartAsync(BunitContext context)
    {
        var host = new ConversationListHost(context);
        var contexts = context.Services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await DatabaseStartup.PrepareAsync(contexts, Path.Combine(host._folder, DataServiceCollectionExtensions.FileName), CancellationToken.None);
        await host.WriteAsync(data => data.Users.Add(new AppUser { Id = UserId, UserName = UserId, DisplayName = "Ada" }));
        return host;
    }

    public async Task<Guid> AddAsync(string title, int daysAgo = 0, bool pinned = false)
    {
        var when = Time.GetUtcNow().AddDays(-daysAgo);
        var conversation = new Conversation
        {
            Id = Guid.CreateVersion7(),
            UserId = UserId,
            Title = title,
            AgentId = "a",
            IsPinned = pinned,
            CreatedAt = when,
            UpdatedAt = when,
        };
        await WriteAsync(data => data.Conversations.Add(conversation));
        return conversation.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        await TestFolder.DeleteAsync(_folder);
    }

    private Task WriteAsync(Action<AppDbContext> write) => Context.Services.GetRequiredService<Database>().WriteAsync(
        data =>
        {
            write(data);
            return Task.CompletedTask;
        },
        CancellationToken.None);
}
