using System.Collections.Concurrent;

namespace BlazorAgents.Testing.Specification;

/// <summary>
/// An HTTP handler that holds everything that passes against OpenAI's specification and changes nothing of it. Any client works under
/// contract with it in its chain; <see cref="AssertFulfilled"/> at the end of a test fails with every violation.
/// </summary>
/// <param name="inner">Answers the requests.</param>
/// <param name="checks">What is judged.</param>
/// <param name="coverage">Notes what was seen; may be shared.</param>
/// <param name="contract">The specification; null takes OpenAI's.</param>
public sealed class ContractHandler(
    HttpMessageHandler inner, ContractChecks checks = ContractChecks.All, ContractCoverage? coverage = null, OpenApiContract? contract = null)
    : DelegatingHandler(inner)
{
    private readonly OpenApiContract _contract = contract ?? OpenApiContract.OpenAI;
    private readonly ConcurrentQueue<ContractViolation> _violations = new();

    /// <summary>What was wrong so far, oldest first.</summary>
    public IReadOnlyCollection<ContractViolation> Violations => [.. _violations];

    /// <summary>Ends a test that must have kept to the specification.</summary>
    /// <exception cref="ContractException">Something did not.</exception>
    public void AssertFulfilled()
    {
        if (!_violations.IsEmpty)
        {
            throw new ContractException(Violations);
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        var operation = _contract.Find(request.Method.Method, address.AbsolutePath);
        if (operation is null)
        {
            if (checks.HasFlag(ContractChecks.Requests))
            {
                _violations.Enqueue(new($"{request.Method} {address.AbsolutePath}", "$", "is no operation of the specification"));
            }

            return await base.SendAsync(request, cancellationToken);
        }

        coverage?.AddRequest(operation);
        if (checks.HasFlag(ContractChecks.Requests))
        {
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            Add(await _contract.CheckRequestAsync(operation, address.Query, request.Content?.Headers.ContentType?.ToString(), body));
            if (checks.HasFlag(ContractChecks.Strict))
            {
                AssertFulfilled();
            }
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (checks.HasFlag(ContractChecks.Answers))
        {
            await WatchAsync(operation, response, cancellationToken);
        }

        return response;
    }

    private async Task WatchAsync(ContractOperation operation, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        coverage?.AddAnswer(operation, status);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            var splitter = new SseSplitter((name, data) => AddEvent(operation, name, data));
            var watched = new StreamContent(new WatchedStream(await response.Content.ReadAsStreamAsync(cancellationToken), splitter.Add));
            foreach (var header in response.Content.Headers)
            {
                watched.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = watched;
            return;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var contentType = response.Content.Headers.ContentType?.ToString();
        Add(_contract.CheckResponse(operation, status, contentType, await response.Content.ReadAsStringAsync(cancellationToken)));
    }

    private void AddEvent(ContractOperation operation, string? name, string data)
    {
        if (_contract.EventOf(operation, name, data) is { } known)
        {
            coverage?.AddEvent(known.Stream, known.Event);
        }

        Add(_contract.CheckEvent(operation, name, data));
    }

    private void Add(IEnumerable<ContractViolation> violations)
    {
        foreach (var violation in violations)
        {
            _violations.Enqueue(violation);
        }
    }
}
