using System.ClientModel;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>
/// The events of one answer. Those of a background answer survive a broken connection: they are taken up behind the last one that was
/// read, at most <see cref="MaxAttempts"/> times without any progress.
/// </summary>
internal sealed class ResponseEvents(
    Sdk.ResponsesClient client, StreamedResponseReader reader, bool canResume, ErrorTranslator errors, TimeProvider time) : IAsyncDisposable
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);
    private AsyncStreamingResult<Sdk.StreamingResponseUpdate>? _result;
    private IAsyncEnumerator<Sdk.StreamingResponseUpdate>? _events;
    private int? _takenUpAfter;
    private int _attempts;

    public Sdk.StreamingResponseUpdate Current => _events!.Current;

    /// <summary>Asks for a new answer.</summary>
    public Task StartAsync(Sdk.CreateResponseOptions options, CancellationToken cancellationToken) =>
        OpenAsync(() => client.CreateResponseStreamingAsync(options, cancellationToken), cancellationToken);

    /// <summary>Takes up the answer where the reader stands.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => OpenAsync(TakeUp(cancellationToken), cancellationToken);

    /// <summary>False at the end of a finished answer.</summary>
    /// <exception cref="AgentException">The events ended before the answer did.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var fault = await TryMoveNextAsync(cancellationToken);
            if (fault is null)
            {
                if (_takenUpAfter is null || Current.SequenceNumber > _takenUpAfter)
                {
                    _attempts = 0;
                    return true;
                }

                continue; // the server began earlier than asked
            }

            if (reader.IsFinished)
            {
                return false;
            }

            await RecoverAsync(fault, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_events is not null)
        {
            await _events.DisposeAsync();
        }

        if (_result is not null)
        {
            await _result.DisposeAsync();
        }
    }

    private async ValueTask<AgentException?> TryMoveNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _events!.MoveNextAsync() ? null : errors.Incomplete();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return errors.Translate(exception, reader.HasStarted);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new OperationCanceledException("The call was cancelled.", exception, cancellationToken);
        }
    }

    private async Task RecoverAsync(AgentException fault, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!canResume || reader.ResponseId is null || !fault.IsTransient || fault.IsRetryPointless || _attempts == MaxAttempts)
            {
                throw reader.IsKept ? Final(fault) : fault;
            }

            var delay = s_firstDelay * Math.Pow(2, _attempts++);
            await Task.Delay(fault.RetryAfter > delay ? fault.RetryAfter.Value : delay, time, cancellationToken);
            try
            {
                await DisposeAsync();
                await OpenAsync(TakeUp(cancellationToken), cancellationToken);
                return;
            }
            catch (AgentException again)
            {
                fault = again;
            }
        }
    }

    /// <summary>The fault in a form that no retry answers by asking for a second answer.</summary>
    private static AgentException Final(AgentException fault) => new(fault.Kind, fault.Message, fault.InnerException)
    {
        BrokeMidStream = true,
        IsRetryPointless = true,
    };

    private Func<Task<AsyncStreamingResult<Sdk.StreamingResponseUpdate>>> TakeUp(CancellationToken cancellationToken)
    {
        _takenUpAfter = reader.LastSequence;
        return () => client.GetResponseStreamingAsync(
            new Sdk.GetResponseOptions(reader.ResponseId) { StartingAfter = reader.LastSequence, StreamingEnabled = true }, cancellationToken);
    }

    private async Task OpenAsync(Func<Task<AsyncStreamingResult<Sdk.StreamingResponseUpdate>>> open, CancellationToken cancellationToken)
    {
        (_result, _events) = (null, null);
        try
        {
            _result = await open();
            _events = ((IAsyncEnumerable<Sdk.StreamingResponseUpdate>)_result).GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.Translate(exception, reader.HasStarted);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new OperationCanceledException("The call was cancelled.", exception, cancellationToken);
        }
    }
}
