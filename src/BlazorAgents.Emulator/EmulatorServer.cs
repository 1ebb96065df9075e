using System.Net;
using BlazorAgents.Emulator.Containers;
using BlazorAgents.Emulator.Conversations;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Responses;
using BlazorAgents.Emulator.Responses.Hosted;
using BlazorAgents.Emulator.Responses.Mcp;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Emulator;

/// <summary>An OpenAI-compatible HTTP server on 127.0.0.1.</summary>
public sealed partial class EmulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan s_stopTime = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly EmulatorOptions _options;
    private readonly IBrain _brain;
    private readonly ILogger _logger;
    private readonly HttpClient _mcp;
    private readonly ResponsesEndpoint _responses;
    private readonly ConversationsEndpoint _conversations;
    private readonly ContainersEndpoint _containers;
    private readonly WebApplication _app;
    private int _disposed;

    private EmulatorServer(EmulatorOptions options)
    {
        _options = options;
        _brain = options.Brain ?? new DemoModel(options.Pace);
        _logger = options.LoggerFactory?.CreateLogger<EmulatorServer>() ?? (ILogger)NullLogger.Instance;
        // The empty builder: the host application's appsettings and ASPNETCORE_* variables must not move or open this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, OwnerLifetime>();
        builder.Services.AddSingleton(_ => new EmulatorState(options));
        builder.Services.AddSingleton(services => new Assistants.AssistantServer(options, services));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        _app = builder.Build();
        _mcp = McpHttp.Create(options.McpHandler);
        var conversations = new ConversationStore();
        var toolbox = new HostedToolbox(State.Files, State.VectorStores, State.Containers, new McpServers(_mcp));
        _conversations = new ConversationsEndpoint(conversations);
        _containers = new ContainersEndpoint(State.Containers, State.Files);
        _responses = new ResponsesEndpoint(conversations, toolbox, new DemoResponder(toolbox, options.Pace, options.TimeProvider, _logger), _brain.Knows, options.TimeProvider);
        _app.Run(HandleAsync);
    }

    /// <summary>Base URL for OpenAI clients, such as http://127.0.0.1:4020/v1.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>What clients have stored in this server.</summary>
    public EmulatorState State => _app.Services.GetRequiredService<EmulatorState>();

    /// <summary>Starts listening; the server answers when the task completes.</summary>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new EmulatorServer(options);
        try
        {
            await server._app.StartAsync(ct);
            server.BaseUrl = new Uri(new Uri(server._app.Urls.Single()), "/v1");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends running answers and closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _responses.DisposeAsync();
        _mcp.Dispose();
        using var patience = new CancellationTokenSource(s_stopTime);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, gone.Token);
            var exchange = new Exchange(context, body.GetBuffer().AsMemory(0, (int)body.Length), _options.TimeProvider, gone.Token);
            if (!await _brain.TryAnswerAsync(exchange) && !await _responses.TryAnswerAsync(exchange)
                && !await _conversations.TryAnswerAsync(exchange) && !await _containers.TryAnswerAsync(exchange))
            {
                await BuiltInEndpoints.AnswerAsync(exchange, _brain);
            }
        }
        catch (ApiErrorException e) when (!context.Response.HasStarted)
        {
            await e.Error.WriteAsync(context.Response, gone.Token);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await new ApiError(e.StatusCode, e.Message).WriteAsync(context.Response, gone.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || gone.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception e)
        {
            LogFailure(e, context.Request.Method, context.Request.Path);
            await FailAsync(context);
        }
    }

    private static async Task FailAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        await new ApiError(500, "The server had an error while processing your request.", "server_error").WriteAsync(context.Response, context.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed in the emulator")]
    private partial void LogFailure(Exception exception, string method, PathString path);

    /// <summary>The owner decides when the server stops, not SIGTERM: the app still drains its runs through it.</summary>
    private sealed class OwnerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
